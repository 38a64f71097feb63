using System.Buffers.Binary;
using System.Text.Json;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>
/// How messages stand on the pipes between the server and a script's process: the length as four bytes, little-endian, then
/// so many bytes of JSON.
/// </summary>
public static class ScriptFrames
{
    private const int Prefix = sizeof(int);

    /// <summary>A message as it stands on a pipe.</summary>
    public static byte[] Of<T>(T message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, ScriptJson.Options);
        var frame = new byte[Prefix + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length);
        json.CopyTo(frame.AsSpan(Prefix));
        return frame;
    }

    /// <summary>The message that some JSON holds.</summary>
    /// <exception cref="JsonException">It holds another.</exception>
    public static T Message<T>(byte[] json) =>
        JsonSerializer.Deserialize<T>(json, ScriptJson.Options) ?? throw new JsonException("must not be null");

    /// <summary>Reads the JSON of the next message.</summary>
    /// <param name="pipe">Where it stands.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The JSON; null at the end of the pipe, also where that is amid a message.</returns>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public static async ValueTask<byte[]?> ReadAsync(Stream pipe, int most, CancellationToken cancellation)
    {
        var prefix = new byte[Prefix];
        if (await pipe.ReadAtLeastAsync(prefix, Prefix, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < Prefix)
        {
            return null;
        }

        var json = Room(prefix, most);
        return await pipe.ReadAtLeastAsync(json, json.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false) < json.Length ? null : json;
    }

    /// <summary>Reads the JSON of the next message, which may be of any length, on the thread that asks.</summary>
    /// <param name="pipe">Where it stands.</param>
    /// <exception cref="EndOfStreamException">The pipe ends.</exception>
    public static byte[] Read(Stream pipe)
    {
        Span<byte> prefix = stackalloc byte[Prefix];
        pipe.ReadExactly(prefix);
        var json = Room(prefix, int.MaxValue);
        pipe.ReadExactly(json);
        return json;
    }

    private static byte[] Room(ReadOnlySpan<byte> prefix, int most) =>
        BinaryPrimitives.ReadInt32LittleEndian(prefix) is >= 0 and var length && length <= most
            ? new byte[length]
            : throw new InvalidDataException("a message of another length than may be");
}
