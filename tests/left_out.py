"""What of the caller's environment must not reach a site that is tested or measured."""

LEFT_OUT = """
    CACHE_URL COUNTRY EMAIL_URL FORM_LIMITS FROM_EMAIL HOST MEDIA_STORAGE_URL PORT PUBLISH_PAGES SEARCH_URL SITE_URL
    SSL_REDIRECT TIME_ZONE TRUSTED_PROXIES WEB_WORKERS
""".split()
