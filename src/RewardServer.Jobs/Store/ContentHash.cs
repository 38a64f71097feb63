using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Store;

/// <summary>SHA-256 of a job's settings and rows, however they were packed: the same upload a second time has the same.</summary>
public sealed class ContentHash : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Before the first row.</summary>
    public ContentHash(JobSettings settings) => Append(0, JsonSerializer.SerializeToUtf8Bytes(settings, ItemJson.Options));

    /// <summary>Adds a row.</summary>
    public void Add(Row row) => Append(row.Number, row.Error is { } error ? Encoding.UTF8.GetBytes(error) : JsonMarshal.GetRawUtf8Value(row.Fields));

    /// <summary>The hash of what was added, in hexadecimal digits. Nothing can be added afterwards.</summary>
    public string Value() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    // With its length, so that no two lists of rows are one text.
    private void Append(long number, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(head, number);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
