"""Helpers of the course "Why does super-resolution fail on MNIST?".

Names load on first use, so that importing the package costs nothing: torch takes two seconds.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
