import numpy
import pytest
import sympy

assert numpy.arange(4).sum() == 6 and pytest.__version__ and sympy.Integer(6) == 6
print("hello")
