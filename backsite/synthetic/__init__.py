"""A site of made-up pages, to measure with: `manage.py make_load`."""
