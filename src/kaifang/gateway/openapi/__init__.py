"""The platform described as OpenAPI 3.1, derived from the registry of its methods."""

from .document import document
from .serve import open_document

__all__ = ["document", "open_document"]
