using System.Collections.Frozen;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>The names that commands and letters can have in mathematics.</summary>
internal static class FunctionNames
{
    /// <summary>Functions of one argument that may be written without parentheses, and their plain names.</summary>
    public static FrozenDictionary<string, string> Prefix { get; } = new Dictionary<string, string>
    {
        ["sin"] = "sin", ["cos"] = "cos", ["tan"] = "tan", ["cot"] = "cot", ["sec"] = "sec", ["csc"] = "csc", ["arcsin"] = "arcsin",
        ["arccos"] = "arccos", ["arctan"] = "arctan", ["sinh"] = "sinh", ["cosh"] = "cosh", ["tanh"] = "tanh", ["ln"] = "ln", ["log"] = "log",
        ["lg"] = "log", ["exp"] = "exp", ["abs"] = "abs",
        ["coth"] = "coth", ["sech"] = "sech", ["csch"] = "csch", ["arccot"] = "arccot", ["arcsec"] = "arcsec", ["arccsc"] = "arccsc",
        ["arcsinh"] = "arcsinh", ["arccosh"] = "arccosh", ["arctanh"] = "arctanh", ["arsinh"] = "arcsinh", ["arcosh"] = "arccosh",
        ["artanh"] = "arctanh", ["asinh"] = "arcsinh", ["acosh"] = "arccosh", ["atanh"] = "arctanh", ["asin"] = "arcsin", ["acos"] = "arccos",
        ["atan"] = "arctan", ["arctg"] = "arctan", ["tg"] = "tan", ["ctg"] = "cot", ["cis"] = "cis", ["arg"] = "arg", ["Re"] = "re", ["Im"] = "im",
        ["gcd"] = "gcd", ["lcm"] = "lcm", ["min"] = "min", ["max"] = "max",
    }.ToFrozenDictionary();

    /// <summary>Functions of several arguments.</summary>
    public static FrozenSet<string> OfSeveral { get; } = new[] { "gcd", "lcm", "min", "max" }.ToFrozenSet();

    /// <summary>Greek letters, which are variables.</summary>
    public static FrozenSet<string> Greek { get; } = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "rho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma",
        "Phi", "Psi", "Omega", "ell",
    }.ToFrozenSet();

    /// <summary>The sets of numbers, by their letters.</summary>
    public static FrozenDictionary<string, ConstantKind> NumberSets { get; } = new Dictionary<string, ConstantKind>
    {
        ["R"] = ConstantKind.Reals, ["Z"] = ConstantKind.Integers, ["N"] = ConstantKind.Naturals, ["Q"] = ConstantKind.Rationals,
        ["C"] = ConstantKind.Complexes,
    }.ToFrozenDictionary();
}
