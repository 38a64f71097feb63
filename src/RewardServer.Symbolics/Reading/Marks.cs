using System.Collections.Frozen;

namespace RewardServer.Symbolics.Reading;

/// <summary>The characters that marks are folded to, and the commands that fold to them.</summary>
internal static class Marks
{
    public const char SetOpen = '⦃';
    public const char SetClose = '⦄';
    public const char NewRow = '⏎';
    public const char And = '∧';
    public const char Or = '∨';
    public const char To = '⇢';
    public const char Currency = '$';
    public const char Prime = '\'';

    /// <summary>Commands that stand for one mark.</summary>
    public static FrozenDictionary<string, char> ByCommand { get; } = new Dictionary<string, char>
    {
        ["cdot"] = '*', ["times"] = '*', ["ast"] = '*', ["div"] = '/',
        ["le"] = '≤', ["leq"] = '≤', ["leqslant"] = '≤', ["ge"] = '≥', ["geq"] = '≥', ["geqslant"] = '≥',
        ["lt"] = '<', ["gt"] = '>', ["ne"] = '≠', ["neq"] = '≠', ["approx"] = '≈', ["equiv"] = '=', ["in"] = '∈', ["colon"] = ':',
        ["pm"] = '±', ["mp"] = '∓', ["cup"] = '∪', ["cap"] = '∩', ["setminus"] = '\\', ["backslash"] = '\\',
        ["lbrace"] = SetOpen, ["rbrace"] = SetClose, ["{"] = SetOpen, ["}"] = SetClose, ["\\"] = NewRow, ["cr"] = NewRow, ["bigcup"] = '∪', ["bigcap"] = '∩',
        ["langle"] = '(', ["rangle"] = ')', ["lparen"] = '(', ["rparen"] = ')', ["lbrack"] = '[', ["rbrack"] = ']',
        ["%"] = '%', ["$"] = Currency, ["&"] = '&', ["_"] = '_', ["/"] = '/', ["lor"] = Or, ["vee"] = Or, ["land"] = And,
        ["wedge"] = And, ["vert"] = '|', ["mid"] = '|', ["lvert"] = '|', ["rvert"] = '|', ["|"] = '|', ["euro"] = '€',
        ["pounds"] = '£', ["textdollar"] = Currency, ["texteuro"] = '€', ["prime"] = Prime,
    }.ToFrozenDictionary();

    /// <summary>Commands that change the look and not the meaning.</summary>
    public static FrozenSet<string> Spacing { get; } = new[]
    {
        ",", "!", ";", ":", " ", "quad", "qquad", "displaystyle", "textstyle", "scriptstyle", "left", "right", "limits", "big",
        "Big", "bigl", "bigr", "Bigl", "Bigr", "bigg", "Bigg", "biggl", "biggr", "hfill", "middle", "thinspace", "enspace", "(", ")",
        "[", "]", "\n", "\t", "rm", "bf", "it", "tt", "sf", "sl",
        "tiny", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge", "mathstrut", "strut", "nobreak", "allowbreak", "newline",
        "nonumber", "notag", "centering", "boldmath", "scriptscriptstyle", "bigm", "Bigm", "mathopen", "mathclose", "mathrel", "mathbin", "mathord", "mathop", "mathinner", "ensuremath", "smash", "therefore",
    }.ToFrozenSet();

    /// <summary>Commands whose argument is only for the eye.</summary>
    public static FrozenSet<string> Invisible { get; } =
        new[] { "color", "textcolor", "colorbox", "tag", "label", "phantom", "hphantom", "vphantom", "hspace", "vspace", "hskip" }.ToFrozenSet();

    /// <summary>Commands whose argument is words.</summary>
    public static FrozenSet<string> Words { get; } = new[]
    {
        "text", "textbf", "textit", "textrm", "textsf", "texttt", "textnormal", "emph", "mathrm", "mathsf", "mathtt", "mbox", "hbox",
        "operatorname", "rm", "mathbf", "mathit", "mathcal", "boldsymbol", "bm", "underline",
    }.ToFrozenSet();
}
