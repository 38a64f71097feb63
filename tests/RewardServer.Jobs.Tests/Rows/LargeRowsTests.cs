using System.Text;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Tests.Rows;

[Collection(Alone.Name)]
public sealed class LargeRowsTests
{
    [Theory]
    [InlineData("{\"a\":\"", "\"}\n{\"a\":\"1\"}\n", 1, 2)]
    [InlineData("[{\"a\":\"", "\"},{\"a\":\"1\"}]", 1, 2)]
    [InlineData("[{\"a\":\"1\"},\"", "]\\\"\",{\"a\":\"1\"}]", 2, 3)]
    [InlineData("a\n\"", "\n\"\n1\n", 2, 4)]
    public async Task A_row_that_is_too_large_is_told_and_not_held_and_the_next_is_read(string beginning, string end, long large, long next)
    {
        var file = new Repeated(Encoding.UTF8.GetBytes(beginning), 100L << 20, Encoding.UTF8.GetBytes(end));
        var rows = new List<Row>();
        var before = GC.GetTotalAllocatedBytes();
        await foreach (var row in RowReader.ReadAsync(file, largestRow: 1 << 20, cancellation: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        Assert.Equal(large, rows[^2].Number);
        Assert.Contains("more than the 1048576 of a row", rows[^2].Error, StringComparison.Ordinal);
        Assert.Equal($"{next}: {{\"a\":\"1\"}}", RowReaderTests.Told(rows[^1]));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 48L << 20);
    }

    [Fact]
    public async Task An_array_that_never_ends_is_not_held()
    {
        var file = new Repeated("[\""u8.ToArray(), 100L << 20, []);
        var before = GC.GetTotalAllocatedBytes();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var row in RowReader.ReadAsync(file, largestRow: 1 << 20, cancellation: TestContext.Current.CancellationToken))
            {
            }
        });
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 48L << 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_large_packed_file_that_was_cut_off_is_told_as_one_of_several_too(int joined)
    {
        var random = new Random(2);
        var noise = new byte[30_000];
        var lines = string.Concat(Enumerable.Range(0, 1000 / joined).Select(_ =>
        {
            random.NextBytes(noise);
            return $"{{\"a\":\"{Convert.ToBase64String(noise)}\"}}\n";
        }));
        byte[] file = [.. Enumerable.Repeat(RowReaderTests.Packed(lines), joined).SelectMany(packed => packed)];
        var count = 0;
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var row in RowReader.ReadAsync(new MemoryStream(file, 0, file.Length - 100_000), cancellation: TestContext.Current.CancellationToken))
            {
                count++;
            }
        });
        Assert.InRange(count, 980, 1000);
    }
}
