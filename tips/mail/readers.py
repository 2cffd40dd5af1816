"""The mail providers whose calls we can read. Read before Django knows its models."""

# Name -> (reader, the setting that its secret goes to). `webhook_secret` is "user:password", sent with every call.
READERS = {
    "brevo": ("anymail.webhooks.brevo.BrevoTrackingWebhookView", "webhook_secret"),
    "mailersend": ("anymail.webhooks.mailersend.MailerSendTrackingWebhookView", "signing_secret"),
    "mailgun": ("anymail.webhooks.mailgun.MailgunTrackingWebhookView", "webhook_signing_key"),
    "mailjet": ("anymail.webhooks.mailjet.MailjetTrackingWebhookView", "webhook_secret"),
    "postmark": ("anymail.webhooks.postmark.PostmarkTrackingWebhookView", "webhook_secret"),
    "sparkpost": ("anymail.webhooks.sparkpost.SparkPostTrackingWebhookView", "webhook_secret"),
}
