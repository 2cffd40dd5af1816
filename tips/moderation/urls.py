from django.urls import path

from tips.moderation import answer_views, batches, edit_views, open_views, photos, views

urlpatterns = [
    path("transparency/", open_views.transparency, name="transparency"),
    path("moderation/", views.queue, name="queue"),
    path("moderation/next/", views.next_thing, name="next_thing"),
    path("moderation/<int:pk>/", views.case_page, name="case"),
    path("moderation/<int:pk>/edit/", edit_views.edit_page, name="edit_case"),
    path("moderation/spam/", batches.spam, name="spam_many"),
    path("moderation/spam/<slug:batch>/undo/", batches.undo, name="undo_batch"),
    path("moderation/imminent-harm/", open_views.imminent_harm, name="imminent_harm"),
    path("moderation/letter/<str:word>/", answer_views.letter_link, name="letter_link"),
    path("moderation/photos/<slug:public_id>.webp", photos.waiting_photo, name="waiting_photo"),
    path("moderation/messages/<int:pk>/", answer_views.message_page, name="message"),
    path("moderation/objections/<int:pk>/", answer_views.objection_page, name="objection"),
    path("moderation/decisions/<int:pk>/undo/", views.undo, name="undo"),
]
