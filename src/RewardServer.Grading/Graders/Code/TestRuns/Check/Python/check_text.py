"""What is told from the check's text, and the prompt's, before anything of the candidate's runs."""
import re

# What cannot cross: these need the candidate's own objects, in one process with the check.
CANNOT_CROSS = re.compile(
    r"\bgetsource|\bmonkeypatch\b|\bmock\b|\bpatch\s*[.(]|\bsetattr\s*\(|__globals__|__code__|__closure__|__subclasses__|\bexec\s*\("
    r"|\bredirect_std|\bcapsys\b|\bcapfd\b|\bsys\s*\.\s*std(in|out|err)\b|\binput\s*\(|\bthreading\b|\bmultiprocessing\b|\bconcurrent\b"
    r"|\breload\s*\(|\btracemalloc\b|\bgetrefcount\b|\bweakref\b|\bgc\s*\.\s*\w+\(|\bglobals\s*\(\s*\)\s*\[|\bsettrace\b|\bctypes\b"
    r"|\b(?!self\b|cls\b|os\b|sys\b)\w+\.\w+\.(append|extend|insert|remove|pop|clear|update|add|discard|sort|reverse|setdefault|popleft|appendleft)\s*\("
    r"|^\s*(?!self\b|cls\b|os\b)\w+\.\w+\[[^\]\n]*\]\s*[-+*/|&^%]?=(?!=)", re.M)
BASES_OF_CLASSES = re.compile(r"^\s*class\s+\w+\s*\(([^)]*)\)", re.M)
FENCE = re.compile(r"^ {0,3}```+[^\n]*\n(.*?)^ {0,3}```+", re.M | re.S)
# Modules that a check may use without having imported them itself, because the candidate's program does.
SAFE_MODULES = frozenset(
    "math cmath random itertools functools collections string re copy operator heapq bisect datetime decimal fractions statistics typing json time os sys numpy asyncio".split())


class Text:
    """The check's names: those it loads and does not make itself."""

    def __init__(self, source):
        import symtable
        self.source = source
        self.free = []
        self.made = set()
        top = symtable.symtable(source, "check.py", "exec")
        for symbol in top.get_symbols():
            if symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace():
                self.made.add(symbol.get_name())
        self.collect(top)

    def collect(self, table):
        for symbol in table.get_symbols():
            name = symbol.get_name()
            outside = symbol.is_global() if table.get_type() != "module" else True
            if outside and symbol.is_referenced() and name not in self.made and name not in self.free:
                self.free.append(name)
        for child in table.get_children():
            self.collect(child)

    def must_share(self, names):
        """Whether the text asks for what cannot cross. `names` are those that the language and the prelude give."""
        if CANNOT_CROSS.search(self.source):
            return True
        for bases in BASES_OF_CLASSES.findall(self.source):
            for base in bases.split(","):
                top = base.split("=")[-1].split(".")[0].split("[")[0].strip()
                if top and top not in names and top not in self.made:
                    return True
                if top in self.imported_from_program():
                    return True
        return False

    def imported_from_program(self):
        found = re.findall(r"^\s*from\s+(?:candidate|solution|main|your_module)\s+import\s+\(?([^)\n]*)", self.source, re.M)
        return {name.split(" as ")[-1].strip() for each in found for name in each.split(",")}

    def tries(self, handed):
        """Whether something is tried where the text itself is run, outside of the functions it only defines. `handed` are the candidate's names."""
        import ast
        left = list(ast.parse(self.source).body)
        defined = {each.name for each in ast.walk(ast.Module(left, [])) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}
        tried = handed | defined | self.imported_from_program() | {"exec", "eval"}
        while left:
            each = left.pop()
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
                continue
            if isinstance(each, (ast.Assert, ast.Raise)) or isinstance(each, ast.ImportFrom) and each.names[0].name == "*":
                return True
            if isinstance(each, ast.Call) and any(isinstance(name, ast.Name) and name.id in tried for name in ast.walk(each)):
                return True
            left.extend(ast.iter_child_nodes(each))
        return False

    def is_only_module(self, name):
        """Whether a name is used as a module of the library and never called."""
        return name in SAFE_MODULES and not re.search(r"\b%s\s*\(" % name, self.source)


def is_stub(function):
    """Whether a function is left for the candidate to write: nothing but a docstring, pass or an ellipsis."""
    import ast
    return all(
        isinstance(each, ast.Pass) or isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
        or isinstance(each, ast.Raise) and "NotImplemented" in ast.dump(each)
        for each in function.body)


def parsed(prompt):
    """The programs that a prompt shows: itself, or what stands in its fences."""
    import ast
    for text in [prompt, *FENCE.findall(prompt)]:
        try:
            yield from ast.parse(text).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        if text is prompt:
            return


def is_whole(statement):
    import ast
    functions = [each for each in ast.walk(statement) if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return bool(functions) and not any(map(is_stub, functions))


def prelude_of(prompt, text, entry):
    """The prompt's helpers: imports and constants, and definitions that are whole where others are left to the candidate."""
    import ast
    if "def " not in prompt and "import " not in prompt:
        return [], set()
    statements = list(parsed(prompt))
    definitions = [each for each in statements if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    wanted = {entry} if entry else set(text.free)
    left = [each for each in definitions if not is_whole(each) and each.name in wanted]
    kept = []
    for each in statements:
        if isinstance(each, (ast.Import, ast.ImportFrom)):
            kept.append(each)
        elif isinstance(each, (ast.Assign, ast.AnnAssign)) and left:
            kept.append(each)
        elif each in definitions and left and each.name != entry and is_whole(each):
            kept.append(each)
    return kept, {each.name for each in definitions if isinstance(each, ast.ClassDef)}


def run_prelude(statements, names):
    """Each on its own: one that needs what the candidate is to write is left to the candidate."""
    import ast
    for statement in statements:
        try:
            exec(compile(ast.Module([statement], []), "prompt.py", "exec", dont_inherit=True), names)
        except Exception:
            continue
