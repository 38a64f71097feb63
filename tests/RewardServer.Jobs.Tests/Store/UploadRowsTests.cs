using System.IO.Compression;
using System.Text;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Tests.Store;

public sealed class UploadRowsTests
{
    private const int Most = 1 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_cannot_be_read_count_with_their_errors() =>
        // 20 kB as they are sent; each has an error of some hundred bytes.
        await Assert.ThrowsAsync<UploadTooLargeException>(() => CountAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x\n", 10_000)))));

    [Fact]
    public async Task Rows_count_however_small_they_are() =>
        await Assert.ThrowsAsync<UploadTooLargeException>(() => CountAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 20_000)))));

    [Fact]
    public async Task Blank_lines_and_rows_that_are_too_large_count_when_they_are_unpacked()
    {
        await Assert.ThrowsAsync<UploadTooLargeException>(() => CountAsync(Packed(new string('\n', Most + 1))));
        await Assert.ThrowsAsync<UploadTooLargeException>(() => CountAsync(Packed(new string('x', Most + 1))));
    }

    [Fact]
    public async Task An_upload_within_the_limit_is_read_whole_packed_or_not()
    {
        var rows = string.Concat(Enumerable.Range(1, 5000).Select(i => $"{{\"n\":{i}}}\n"));
        Assert.Equal((5000, false), await CountAsync(Encoding.UTF8.GetBytes(rows)));
        Assert.Equal((5000, true), await CountAsync(Packed(rows)));
    }

    [Fact]
    public async Task Rows_that_are_packed_twice_are_refused() =>
        Assert.Contains("twice", (await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(Packed(Packed("{}\n"u8.ToArray()))))).Message, StringComparison.Ordinal);

    private static async Task<(int Rows, bool IsPacked)> CountAsync(byte[] upload)
    {
        var (count, packed) = (0, false);
        await foreach (var row in UploadRows.ReadAsync(new MemoryStream(upload), RowFormat.Jsonl, Most, 1 << 10, isPacked => { packed = isPacked; return Task.CompletedTask; }, Token))
        {
            count++;
        }

        return (count, packed);
    }

    private static byte[] Packed(string text) => Packed(Encoding.UTF8.GetBytes(text));

    private static byte[] Packed(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }
}
