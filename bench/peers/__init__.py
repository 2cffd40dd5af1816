"""The site beside WordPress and Wagtail with the same words: `make bench-peers`."""
