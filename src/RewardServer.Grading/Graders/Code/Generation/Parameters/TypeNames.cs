using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>Makes types of their names, with what stands in brackets and in parentheses behind them.</summary>
internal static class TypeNames
{
    private const string Known = "int, float, bool, str, list, set, dict, tuple, matrix, optional, choice, permutation";
    private const double DefaultNumber = 100;
    private const int DeepestChoice = 16;

    /// <param name="name">The name.</param>
    /// <param name="inner">The types in brackets; empty where there are none.</param>
    /// <param name="arguments">What stands in parentheses; default where there are none.</param>
    /// <returns>The type, or what is wrong.</returns>
    public static (ParameterType? Type, string? Error) Make(string name, ImmutableArray<ParameterType> inner, ImmutableArray<string> arguments)
    {
        var wanted = name switch
        {
            "list" or "set" or "matrix" or "optional" => 1,
            "dict" => 2,
            "tuple" => Math.Max(inner.Length, 1),
            _ => 0,
        };
        if (inner.Length != wanted)
        {
            return (null, wanted == 0 && inner.Length > 0 && !IsKnown(name) ? Unknown(name)
                : $"'{name}' takes {wanted} {(wanted == 1 ? "type" : "types")} in brackets, but there are {inner.Length}");
        }

        var given = arguments.IsDefault ? [] : arguments;
        var type = name switch
        {
            "int" => Numbers(given) is { Least.IsWhole: true, Most.IsWhole: true } range ? new IntType(range) : null,
            "float" => Numbers(given) is { } range ? new FloatType(range) : null,
            "bool" => given.Length == 0 ? new BoolType() : null,
            "str" => Text(given),
            "list" => List(inner[0], given),
            "set" => Lengths(given) is { } lengths ? new ListType(inner[0], lengths, IsSet: true) : null,
            "matrix" => Lengths(given) is { } lengths ? new MatrixType(inner[0], lengths) : null,
            "dict" => Lengths(given) is { } lengths ? new DictType(inner[0], inner[1], lengths) : null,
            "tuple" => given.Length == 0 ? new TupleType(inner) : null,
            "optional" => given.Length == 0 ? new OptionalType(inner[0]) : null,
            "choice" => Choice(given),
            "permutation" => Permutation(given),
            _ => (ParameterType?)null,
        };
        return type is not null ? (type, null)
            : (null, IsKnown(name) ? $"'{name}({string.Join(", ", given)})' is not a form of {name}" : Unknown(name));
    }

    private static bool IsKnown(string name) => Known.Split(", ").Contains(name);

    private static string Unknown(string name) => $"'{name}' is not a type; there are: {Known}";

    private static BoundRange? Numbers(ImmutableArray<string> given) => given switch
    {
        [] => new(new(0, -DefaultNumber), new(0, DefaultNumber)),
        [var least, var most] => Bound.Read(least) is { } low && Bound.Read(most) is { } high ? new(low, high) : null,
        _ => null,
    };

    private static BoundRange? Lengths(ImmutableArray<string> given) => given switch
    {
        [] => BoundRange.UpToSize,
        [var exactly] => Lengths([exactly, exactly]),
        _ => Numbers(given) is { Least.IsWhole: true, Most.IsWhole: true } range ? range : null,
    };

    private static ListType? List(ParameterType inner, ImmutableArray<string> given)
    {
        var bounds = given.RemoveAll(word => word is "sorted" or "distinct");
        return Lengths(bounds) is { } lengths ? new(inner, lengths, given.Contains("sorted"), given.Contains("distinct")) : null;
    }

    private static StringType? Text(ImmutableArray<string> given) => given switch
    {
        [] => new(Letters("a-z"), BoundRange.UpToSize),
        [_, _] when Lengths(given) is { } lengths => new(Letters("a-z"), lengths),
        [var letters, .. var bounds] => Letters(letters) is { Length: > 0 } known && Lengths(bounds) is { } lengths ? new(known, lengths) : null,
    };

    private static PermutationType? Permutation(ImmutableArray<string> given) => given switch
    {
        [] => new(new(1, 0), new(0, 1)),
        [var count] => Permutation([count, "1"]),
        [var count, var first] => Bound.Read(count) is { IsWhole: true } many && Bound.Read(first) is { IsWhole: true } least ? new(many, least) : null,
        _ => null,
    };

    private static ChoiceType? Choice(ImmutableArray<string> given)
    {
        try
        {
            var values = given.Select(value => JsonElement.Parse(value, new() { MaxDepth = DeepestChoice })).ToImmutableArray();
            return values.Length > 0 && values.All(value => DrawnJson.Of(value).Length > 0) ? new(values) : null;
        }
        catch (Exception unwritable) when (unwritable is JsonException or InvalidOperationException or ArgumentException)
        {
            // No JSON, or half of a surrogate pair in it.
            return null;
        }
    }

    // As in a class of a regular expression: "a-z0-9_"; in quotes, as they stand there.
    private static ImmutableArray<char> Letters(string text)
    {
        if (text.StartsWith('"'))
        {
            return Choice([text]) is { Values: [{ ValueKind: JsonValueKind.String } quoted] } ? [.. quoted.GetString()!.Distinct()] : [];
        }

        var letters = new SortedSet<char>();
        for (var i = 0; i < text.Length; i++)
        {
            var isRange = i + 2 < text.Length && text[i + 1] == '-';
            for (int letter = text[i]; letter <= (isRange ? text[i + 2] : text[i]); letter++)
            {
                letters.Add((char)letter);
            }

            i += isRange ? 2 : 0;
        }

        return letters.Any(char.IsSurrogate) ? [] : [.. letters];
    }
}
