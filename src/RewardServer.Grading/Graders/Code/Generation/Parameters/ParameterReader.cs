using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code.Generation.Parameters;

/// <summary>
/// Reads a type: a name, in brackets the types within it, in parentheses its bounds: <c>list[tuple[int(0,9),str]](1,size)</c>.
/// </summary>
public sealed class ParameterReader
{
    private const int Longest = 1000, Deepest = 16;
    private readonly string text;
    private int at;

    private ParameterReader(string text) => this.text = text;

    /// <summary>Reads one.</summary>
    /// <returns>The type, or what is wrong with the text.</returns>
    public static (ParameterType? Type, string? Error) Read(string text)
    {
        if (text.Length > Longest)
        {
            return (null, $"must be at most {Longest} characters");
        }

        var reader = new ParameterReader(text);
        var (type, error) = reader.ReadType(0);
        reader.SkipSpace();
        return error is null && reader.at < text.Length
            ? (null, $"'{text[reader.at..]}' stands after the end of the type")
            : (type, error);
    }

    private (ParameterType? Type, string? Error) ReadType(int depth)
    {
        SkipSpace();
        var start = at;
        while (at < text.Length && char.IsAsciiLetter(text[at]))
        {
            at++;
        }

        var name = text[start..at];
        if (depth > Deepest)
        {
            return (null, $"types must not be nested deeper than {Deepest}");
        }

        var (inner, error) = TakeIf('[') ? ReadInner(depth) : ([], null);
        if (error is not null)
        {
            return (null, error);
        }

        (var arguments, error) = TakeIf('(') ? ReadArguments() : (default, null);
        return error is not null ? (null, error) : TypeNames.Make(name, inner, arguments);
    }

    private (ImmutableArray<ParameterType> Inner, string? Error) ReadInner(int depth)
    {
        var inner = ImmutableArray.CreateBuilder<ParameterType>();
        do
        {
            var (type, error) = ReadType(depth + 1);
            if (error is not null)
            {
                return ([], error);
            }

            inner.Add(type!);
        }
        while (TakeIf(','));

        return TakeIf(']') ? (inner.ToImmutable(), null) : ([], "a ']' is missing");
    }

    // Up to the closing parenthesis, at the commas outside of quotes.
    private (ImmutableArray<string> Arguments, string? Error) ReadArguments()
    {
        var arguments = ImmutableArray.CreateBuilder<string>();
        var start = at;
        for (var quoted = false; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' or ')' when !quoted:
                    arguments.Add(text[start..at].Trim());
                    start = at + 1;
                    if (text[at] == ')')
                    {
                        at++;
                        return (arguments.ToImmutable(), null);
                    }

                    break;
            }
        }

        return ([], "a ')' is missing");
    }

    private bool TakeIf(char wanted)
    {
        SkipSpace();
        if (at >= text.Length || text[at] != wanted)
        {
            return false;
        }

        at++;
        return true;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
    }
}
