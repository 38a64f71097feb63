"""What a check imports that is not installed: then nobody can pass it, whatever the program does.

It is looked for in the check's text, in the check's process, before anything of the candidate's is heard. A name that a task might ask for as
a module of the candidate's is not in the list: one who leaves such a module out must not be skipped for it.
"""
PACKAGES = frozenset("""
    numpy scipy pandas sympy mpmath gmpy2 sklearn skimage statsmodels matplotlib seaborn plotly networkx torch torchvision tensorflow keras jax
    transformers gensim nltk xgboost lightgbm numba cvxpy ortools pulp z3 shapely geopandas cv2 PIL librosa soundfile requests requests_mock
    bs4 lxml yaml httpx aiohttp flask django fastapi starlette pydantic sqlalchemy psycopg2 pymongo openpyxl xlrd xlwt psutil dateutil pytz
    hypothesis pytest parameterized freezegun faker sortedcontainers more_itertools cryptography Crypto simplejson jsonschema
""".split())


def missing_package(source):
    """The first such package that the check imports whatever happens: at its top, and not where it could do without."""
    if not any(name.encode() in source for name in PACKAGES):
        return None
    import ast
    import importlib.util
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Import):
            names = [each.name for each in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.level == 0:
            names = [statement.module]
        else:
            continue
        for name in names:
            package = name.partition(".")[0]
            if package in PACKAGES and package not in sys.modules and importlib.util.find_spec(package) is None:
                return package
    return None
