from django.apps import AppConfig


class Peer(AppConfig):
    name = "bench.peers.wagtail_site"
    label = "peer"
