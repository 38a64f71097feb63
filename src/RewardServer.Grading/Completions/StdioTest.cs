using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>The program reads an input and must print an output.</summary>
/// <param name="Stdin">What it reads from standard input.</param>
/// <param name="Stdout">What it must print: a text, or several of which any will do. Silent only where a checker's program needs none.</param>
/// <param name="Checker">How its output is compared with that; the task's checker where silent, else by lines.</param>
public sealed record StdioTest(
    [property: JsonConverter(typeof(LenientTextConverter))] string Stdin,
    AcceptedTexts? Stdout = null,
    Checker? Checker = null) : TestCase
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "stdio";

    /// <inheritdoc/>
    [JsonIgnore]
    public override long InputBytes => Bytes(Stdin);

    internal override string InputText => Stdin;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors() =>
        base.Errors().Concat(Checker?.Errors("checker") ?? []);
}
