"""The one shape that travels: single-precision rows."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Vectors (n, d), or one (d,); d is the dimension of the model."""
