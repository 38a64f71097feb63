using System.Text;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>
/// Finds in what a process writes to standard error the line in which the runtime says why it ends, and keeps no more of
/// it: a script may write there without end.
/// </summary>
internal sealed class CrashMessage
{
    private const int LongestLine = 500;

    private static readonly string[] Beginnings = ["Unhandled exception. ", "Stack overflow", "Out of memory", "Process terminated", "Fatal error. "];

    private readonly StringBuilder line = new();

    // The message of FailFast stands in the line after.
    private bool goesOn;

    /// <summary>The line; null where there was none yet.</summary>
    public string? Line { get; private set; }

    /// <summary>Reads to the end, or until nobody wants to know any more.</summary>
    public async Task ReadAsync(StreamReader errors)
    {
        var buffer = new char[4096];
        try
        {
            while (await errors.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                Add(buffer.AsSpan(0, read));
            }
        }
        catch (Exception closed) when (closed is ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The process is gone, and a child of its own still holds the other end.
        }

        Add("\n");
    }

    private void Add(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length && (Line is null || goesOn); i++)
        {
            Add(text[i]);
        }
    }

    private void Add(char character)
    {
        if (character != '\n')
        {
            line.Append(character, line.Length < LongestLine ? 1 : 0);
            return;
        }

        var text = line.ToString().TrimEnd();
        line.Clear();
        if (goesOn)
        {
            Line = text.Length == 0 || text.StartsWith("   at ", StringComparison.Ordinal) ? Line : $"{Line} {text}";
            goesOn = false;
        }
        else if (Beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)))
        {
            (Line, goesOn) = (text, text == "Process terminated.");
        }
    }
}
