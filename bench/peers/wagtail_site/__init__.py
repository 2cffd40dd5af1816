"""A small Wagtail site: articles and comments, as its documentation teaches to write them."""
