using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>The program finds files and must leave files.</summary>
/// <param name="Files">The files that stand beside the program, by their paths.</param>
/// <param name="Outputs">What must be in the files that it leaves, by their paths; at least one.</param>
/// <param name="Stdin">What it reads from standard input.</param>
/// <param name="Stdout">What it must print; not looked at where silent.</param>
/// <param name="Checker">How contents are compared; the task's checker where silent, else by lines. Bytes that are no text must be equal.</param>
public sealed record FilesTest(
    ImmutableDictionary<string, TextOrBytes> Files,
    ImmutableDictionary<string, TextOrBytes> Outputs,
    [property: JsonConverter(typeof(LenientTextConverter))] string Stdin = "",
    AcceptedTexts? Stdout = null,
    Checker? Checker = null) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "files";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Bytes(Stdin) + Files.Sum(file => Bytes(file.Key) + file.Value.Bytes.Length);
}
