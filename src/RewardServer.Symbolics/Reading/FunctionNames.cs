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
    }.ToFrozenDictionary();

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
