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
}
