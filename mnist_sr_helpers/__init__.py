"""Helpers of the course "Why does super-resolution fail on MNIST?".

Names load on first use, so that importing the package costs nothing: torch takes two seconds.
"""

try:
    import lazy_loader
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(f"{error}. The installation isn't complete: run the README's Start line again.") from None

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
