using System.Text.RegularExpressions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Where the function ends that a completion goes on with: at the row's stop tokens, else at what ends a function of its language.</summary>
internal sealed class Continuation
{
    private static readonly string[] OfBraces = ["cpp", "typescript", "javascript", "go"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Rows of MultiPL-E have five.
    private const int MostStops = 32;

    private readonly ProvidedRow row;
    private readonly string language;
    private readonly List<(string Text, Regex? Pattern)> stops = [];

    /// <param name="row">The row, where what is wrong with its stop tokens is noted.</param>
    /// <param name="language">The program's language.</param>
    public Continuation(ProvidedRow row, string language)
    {
        (this.row, this.language) = (row, language);
        var tokens = row.Has("stop_tokens") ? row.Texts("stop_tokens") : [];
        if (tokens.Count > MostStops)
        {
            row.Fail("stop_tokens", $"at most {MostStops}, but there are {tokens.Count}");
            return;
        }

        foreach (var token in tokens)
        {
            Add(token);
        }
    }

    /// <summary>The completion as far as it belongs to the function.</summary>
    public string Cut(string completion)
    {
        if (language == "python" && !row.Has("tests"))
        {
            return BeforeTopLevel(completion);
        }

        var began = TimeProvider.System.GetTimestamp();
        foreach (var (text, pattern) in stops)
        {
            // All patterns share one second: a completion can make each that looks around take for ever.
            if (pattern is not null && TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                continue;
            }

            completion = pattern is null ? CodeTexts.Before(completion, text) : Before(completion, pattern);
        }

        const string End = "\n}";
        return OfBraces.Contains(language) && completion.IndexOf(End, StringComparison.Ordinal) is >= 0 and var at ? completion[..(at + End.Length)] : completion;
    }

    // An empty line within a function ends nothing.
    private void Add(string token)
    {
        if (token is "" or "\n\n")
        {
            return;
        }

        try
        {
            stops.Add((token, token.StartsWith("re:", StringComparison.Ordinal) ? PatternOf(token[3..].Trim()) : null));
        }
        catch (ArgumentException malformed)
        {
            row.Fail("stop_tokens", malformed.Message);
        }
    }

    private static Regex PatternOf(string pattern)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            // One that looks around, as SandboxFusion's own for Python does.
            return new(pattern, RegexOptions.CultureInvariant, Patience);
        }
    }

    private static string Before(string text, Regex pattern)
    {
        try
        {
            return pattern.Match(text) is { Success: true } found ? text[..found.Index] : text;
        }
        catch (RegexMatchTimeoutException)
        {
            // A text on which it takes for ever is none in which it was found.
            return text;
        }
    }

    // At the first line that is not indented.
    private static string BeforeTopLevel(string text)
    {
        for (var end = text.IndexOf('\n', StringComparison.Ordinal); end >= 0 && end + 1 < text.Length; end = text.IndexOf('\n', end + 1))
        {
            if (!char.IsWhiteSpace(text[end + 1]))
            {
                return text[..end];
            }
        }

        return text;
    }
}
