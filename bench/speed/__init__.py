"""How fast the site is, beside references that the measurement starts itself."""
