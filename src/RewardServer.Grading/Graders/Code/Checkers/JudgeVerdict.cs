using System.Globalization;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Puts the verdict of a checker's or interactor's program into the words of a test. Codes are testlib's.</summary>
internal static class JudgeVerdict
{
    private const int ShownMessage = 200, Fail = 3, Points = 7, FirstPart = 16, LastPart = 216;

    /// <summary>By a number from 0 to 1.</summary>
    public static Judgement OfScore(string role, string number, string message) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 1
            ? OfShare(role, score, message)
            : new(TestStatus.Fault, $"the {role} gave {Excerpt.Of(number)}, which is no number from 0 to 1");

    /// <summary>By an exit code: 0 right, 1 wrong, 2 malformed, 4 and 8 with more or less than was asked for, 7 and from 16 on right in part.</summary>
    public static Judgement OfExit(string role, string exitCode, string message) =>
        !int.TryParse(exitCode, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? new(TestStatus.Fault, $"the {role} ended with {Excerpt.Of(exitCode)} in the place of an exit code")
        : code switch
        {
            0 => OfShare(role, 1, message),
            1 or 2 or 4 or 8 => OfShare(role, 0, message),
            Fail => new(TestStatus.Fault, $"the {role} failed: {Shown(message)}"),
            Points => OfScore(role, PointsIn(message), message),
            >= FirstPart and <= LastPart => OfShare(role, (code - FirstPart) / (double)(LastPart - FirstPart), message),
            _ => new(TestStatus.Fault, $"the {role} ended with exit code {code}, which is no verdict"),
        };

    /// <summary>The first line of a message, as far as it is shown.</summary>
    public static string Shown(string message)
    {
        var line = message.AsSpan().Trim();
        var end = line.IndexOfAny('\n', '\r');
        return Excerpt.Head(end < 0 ? line : line[..end], ShownMessage).ToString();
    }

    private static Judgement OfShare(string role, double score, string message)
    {
        var words = Shown(message);
        var said = words.Length > 0 ? $": {words}" : "";
        return score switch
        {
            1 => new(TestStatus.Passed, $"the {role} accepted it{said}"),
            0 => new(TestStatus.WrongAnswer, $"the {role} refused it{said}"),
            _ => new(TestStatus.PartlyRight, string.Create(CultureInfo.InvariantCulture, $"the {role} gave {score} of its points{said}")) { Score = score },
        };
    }

    // "points 0.5 and why", as testlib writes it, or the number alone.
    private static string PointsIn(string message)
    {
        var words = new Tokens(message);
        words.Next(out var first);
        if (first.SequenceEqual("points"))
        {
            words.Next(out first);
        }

        return first.ToString();
    }
}
