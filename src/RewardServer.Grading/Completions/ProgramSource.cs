using System.Text;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A program that a task brings: a reference, a generator, a checker. It runs in the sandbox like any other.</summary>
/// <param name="Language">Its language, by its name in <c>GET /v1/languages</c>.</param>
/// <param name="Source">Its text.</param>
public sealed record ProgramSource(
    string Language,
    [property: JsonConverter(typeof(LenientTextConverter))] string Source)
{
    /// <summary>The most bytes of one.</summary>
    public const int MostBytes = 1_000_000;

    /// <summary>What is wrong with it, by the path of the member that holds it.</summary>
    public IEnumerable<(string Member, string Error)> Errors(string path)
    {
        if (Encoding.UTF8.GetByteCount(Source) > MostBytes)
        {
            yield return ($"{path}.source", $"must be at most {MostBytes} bytes");
        }
    }

    /// <summary>What is wrong with one that judges, a checker or an interactor, by the path of the member that holds it.</summary>
    internal IEnumerable<(string Member, string Error)> ErrorsOfJudge(string path) => JudgeLanguages.Contains(Language)
        ? Errors(path)
        : Errors(path).Append(($"{path}.language", "must be 'python' or 'cpp'"));

    private static readonly string[] JudgeLanguages = ["python", "cpp"];
}
