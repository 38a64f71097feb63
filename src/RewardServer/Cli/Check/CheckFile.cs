using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Checking;

namespace RewardServer.Cli.Check;

/// <summary>Everything that a check finds, written as it is found: <c>{"findings": […], "tally": {…}}</c>.</summary>
/// <param name="stream">The file, which it closes.</param>
internal sealed class CheckFile(Stream stream) : IAsyncDisposable
{
    private const int Held = 1 << 16;

    private readonly Utf8JsonWriter writer = new(stream, new() { Encoder = ItemJson.Options.Encoder, Indented = true });
    private bool begun;

    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task AddAsync(ImmutableArray<CheckFinding> findings, CancellationToken cancellation)
    {
        Begin();
        foreach (var finding in findings)
        {
            JsonSerializer.Serialize(writer, finding, ItemJson.Options);
        }

        if (writer.BytesPending > Held)
        {
            await writer.FlushAsync(cancellation);
        }
    }

    /// <summary>Writes what the check came to, and the end.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task EndAsync(CheckTally tally, CancellationToken cancellation)
    {
        Begin();
        writer.WriteEndArray();
        writer.WritePropertyName("tally");
        JsonSerializer.Serialize(writer, tally, ItemJson.Options);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellation);
        stream.Write("\n"u8);
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await stream.DisposeAsync();
    }

    private void Begin()
    {
        if (!begun)
        {
            begun = true;
            writer.WriteStartObject();
            writer.WriteStartArray("findings");
        }
    }
}
