using RewardServer.Hosting;


namespace RewardServer.Cli.Grade;

/// <summary>The two ends of a run: lines come in, lines go out.</summary>
/// <param name="input">The lines.</param>
/// <param name="output">Where results go.</param>
internal sealed class GradeFiles(Stream input, Stream output) : IAsyncDisposable
{
    private readonly StreamReader reader = new(input);
    private readonly StreamWriter writer = new(output, bufferSize: 1 << 16);

    /// <summary>The share of the input that was read, from 0 to 1; null where its length is not known.</summary>
    public double? ShareRead => input is FileStream { CanSeek: true, Length: > 0 } file ? (double)file.Position / file.Length : null;

    /// <exception cref="StartException">A file cannot be opened, or both are the same.</exception>
    public static GradeFiles Open(string input, string output) =>
        new(OpenFile.Read("--input", input), OpenFile.Write("--output", output));

    public ValueTask<string?> ReadLineAsync(CancellationToken cancellation) => reader.ReadLineAsync(cancellation);

    public Task WriteLineAsync(string line, CancellationToken cancellation) => writer.WriteLineAsync(line.AsMemory(), cancellation);

    /// <summary>Writes what is still held back.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public Task FlushAsync(CancellationToken cancellation) => writer.FlushAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        reader.Dispose();
    }
}
