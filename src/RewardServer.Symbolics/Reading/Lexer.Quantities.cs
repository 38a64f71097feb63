using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace RewardServer.Symbolics.Reading;

/// <content>The commands of the LaTeX package siunitx: <c>\SI{5}{\meter}</c>, <c>\qty</c>, <c>\num</c>, <c>\si</c>, <c>\unit</c>, <c>\ang</c>.</content>
internal sealed partial class Lexer
{
    private static readonly Regex UnitMacro = new(@"\\([A-Za-z]+)\s*(?:\{(-?\d)\})?|([^\\]+)", RegexOptions.CultureInvariant);

    private static readonly FrozenSet<string> Prefixes = new[]
    {
        "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "mega", "giga", "tera",
    }.ToFrozenSet();

    private bool AddQuantity(string command)
    {
        if (command is not ("SI" or "qty" or "num" or "si" or "unit" or "ang") || (command is "si" or "unit" ? string.Empty : Group()) is not { } value)
        {
            return false;
        }

        if (value.Length > 0 && _wrappers < MostWrappers)
        {
            var (inner, overBudget) = Read(value.Trim(), _wrappers + 1);
            _tokens.AddRange(inner.Take(inner.Count - 1));
            OverBudget |= overBudget;
        }

        if (command == "ang")
        {
            Add(TokenKind.Command, "degree");
        }
        else if (command != "num" && Group() is { } unit)
        {
            _space = true;
            Add(TokenKind.Text, SpelledUnit(unit));
        }

        return true;
    }

    // "\kilo\meter\per\second\squared" is "kilometer / second ^2".
    private static string SpelledUnit(string unit)
    {
        var (spelled, before) = (new StringBuilder(), string.Empty);
        foreach (Match part in UnitMacro.Matches(unit))
        {
            var name = part.Groups[1].Value;
            var word = name switch
            {
                "per" => " / ",
                "squared" => "^2 ",
                "cubed" => "^3 ",
                "square" or "cubic" => name + " ",
                "tothe" => $"^{part.Groups[2].Value} ",
                "percent" => "percent ",
                "" => part.Groups[3].Value.Replace('.', ' ').Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal),
                _ => " " + name,
            };
            spelled.Append(Prefixes.Contains(before) ? word.TrimStart() : word);
            before = name;
        }

        return spelled.ToString().Replace(" ^", "^", StringComparison.Ordinal).Trim();
    }
}
