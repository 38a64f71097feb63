using System.Text.RegularExpressions;

namespace RewardServer.Training.Tokens;

/// <summary>The pre-tokenizer of a <c>tokenizer.json</c>: splits by patterns, and at its end the bytes.</summary>
internal static class SplitsJson
{
    // What ByteLevel splits by where it splits at all (GPT-2's encoder.py).
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>The patterns, in the order in which they are used.</summary>
    /// <exception cref="InvalidDataException">Something is not supported; the message names its path.</exception>
    public static IReadOnlyList<PatternSplit> Read(JsonPlace place)
    {
        JsonPlace[] parts = place.Member("type").String() == "Sequence" ? [.. place.Member("pretokenizers").Items()] : [place];
        if (parts.Length == 0 || parts[^1].Member("type").String() != "ByteLevel")
        {
            throw place.Wrong("must end with ByteLevel");
        }

        return [.. parts.SelectMany((part, index) => One(part, last: index == parts.Length - 1))];
    }

    private static PatternSplit[] One(JsonPlace part, bool last) => part.Member("type").String() switch
    {
        "Split" => [Pattern(part)],
        "Digits" => [Supported(part.Member("individual_digits").IsTrue ? @"\p{N}" : @"\p{N}+", part)],
        "ByteLevel" when last => ByteLevel(part),
        var other => throw part.Member("type").Wrong($"is \"{other}\"; Split and Digits are supported, and ByteLevel at the end"),
    };

    private static PatternSplit Pattern(JsonPlace part)
    {
        if (part.Member("behavior").String() != "Isolated")
        {
            throw part.Member("behavior").Wrong($"is \"{part.Member("behavior").String()}\"; Isolated is supported");
        }

        if (part.Member("invert").IsTrue)
        {
            throw part.Member("invert").Wrong("is true, which is not supported");
        }

        var pattern = part.Member("pattern");
        return pattern.Member("String").StringIfThere() is { } text
            ? new(text, literal: true)
            : Supported(pattern.Member("Regex").String(), pattern.Member("Regex"));
    }

    private static PatternSplit[] ByteLevel(JsonPlace part)
    {
        // Absent, both are true.
        if (part.Member("add_prefix_space") is var prefix && (prefix.IsTrue || !prefix.IsThere))
        {
            throw prefix.Wrong("is true, which is not supported");
        }

        return part.Member("use_regex") is { IsTrue: false, IsThere: true } ? [] : [new(Gpt2)];
    }

    private static PatternSplit Supported(string pattern, JsonPlace place)
    {
        try
        {
            return new(pattern);
        }
        catch (RegexParseException exception)
        {
            throw place.Wrong("is no pattern: " + exception.Message);
        }
        catch (ArgumentException exception)
        {
            throw place.Wrong(exception.Message);
        }
    }
}
