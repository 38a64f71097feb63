using System.IO.Compression;
using System.Text;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Tests.Rows;

public sealed class RowReaderTests
{
    private static async Task<List<Row>> ReadAsync(byte[] file, RowFormat? format = null, int largestRow = RowReader.LargestRow)
    {
        var rows = new List<Row>();
        // A few bytes at a time, as from a pipe.
        await foreach (var row in RowReader.ReadAsync(new Trickle(file), format, largestRow, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static Task<List<Row>> ReadAsync(string file, RowFormat? format = null) => ReadAsync(Encoding.UTF8.GetBytes(file), format);

    internal static string Told(Row row) => $"{row.Number}: {(row.Error is null ? row.Fields.GetRawText() : row.Error)}";

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":1}\r\n{\"a\":2}")]
    [InlineData("\uFEFF{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("[{\"a\":1},\n {\"a\":2}]")]
    public async Task Objects_come_in_their_order(string file) => Assert.Equal(["1: {\"a\":1}", "2: {\"a\":2}"], (await ReadAsync(file)).Select(Told));

    [Fact]
    public async Task Blank_lines_are_counted_and_left_out() =>
        Assert.Equal(["2: {}", "5: {}"], (await ReadAsync("\n{}\n  \n\t\r\n{}\n\n")).Select(Told));

    [Fact]
    public async Task Comma_separated_values_have_their_columns_names()
    {
        var rows = await ReadAsync("question,answer\n\"What, \"\"really\"\"?\nNow?\",4\nTwo,\n");
        Assert.Equal(["What, \"really\"?\nNow?", "Two"], rows.Select(row => row.Fields.GetProperty("question").GetString()));
        Assert.Equal(["4", null], rows.Select(row => row.Fields.GetProperty("answer").GetString()));
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "2: 1 2|3: 3 4")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4", "2: 1 2|4: 3 4")]
    [InlineData("a,b\r1,2\r3,4\r", "2: 1 2|3: 3 4")]
    [InlineData("a,b\n\"1\n\n,\"\"\",2\n3,4\n", "2: 1\n\n,\" 2|5: 3 4")]
    [InlineData("a,b\n5\" pipe,2\n \"3,4\n\"x\"y\",6\n7,8\n", "2: 5\" pipe 2|3:  \"3 4|4: xy\" 6|5: 7 8")]
    public async Task Comma_separated_values_are_numbered_by_the_line_they_begin_in(string file, string told)
    {
        var rows = await ReadAsync(Encoding.UTF8.GetBytes(file), RowFormat.Csv);
        Assert.Equal(told, string.Join('|', rows.Select(row => row.Error ?? $"{row.Number}: {row.Fields.GetProperty("a").GetString()} {row.Fields.GetProperty("b").GetString()}")));
    }

    [Fact]
    public async Task An_empty_field_is_none_but_for_completions()
    {
        Assert.Equal("2: {\"response\":\"\",\"id\":null,\"out\":null}", Told(Assert.Single(await ReadAsync("response,id,out\n,,\n"))));
        var mapped = RowReader.ReadAsync(new MemoryStream("response,out\n,\n"u8.ToArray()), ["out"], cancellation: TestContext.Current.CancellationToken);
        await foreach (var row in mapped)
        {
            Assert.Equal("2: {\"response\":null,\"out\":\"\"}", Told(row));
        }
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_the_file_where_it_opens()
    {
        // Its rows may be one that is cut off, or many behind a stray quote: none is graded as if it were whole.
        var rows = new List<Row>();
        var exception = await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var row in RowReader.ReadAsync(new MemoryStream("a,b\n1,2\n3,\"4\n5,6\n"u8.ToArray()), cancellation: TestContext.Current.CancellationToken))
            {
                rows.Add(row);
            }
        });
        Assert.Equal("2: {\"a\":\"1\",\"b\":\"2\"}", Told(Assert.Single(rows)));
        Assert.StartsWith("row 3: a quote", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_too_few_fields_is_told_and_the_next_is_read()
    {
        var rows = await ReadAsync("a,b\n1\n2,3\n");
        Assert.Contains("1 fields", rows[0].Error, StringComparison.Ordinal);
        Assert.Null(rows[1].Error);
    }

    [Theory]
    [InlineData("504B030414000000", "zip")]
    [InlineData("425A683931415926", "bzip2")]
    [InlineData("FD377A585A000004", "xz")]
    [InlineData("28B52FFD00580900", "zstd")]
    [InlineData("5041523115041500", "Parquet")]
    [InlineData("FFFE00007B000000", "UTF-32")]
    public async Task Files_that_are_not_read_are_told_by_their_beginning(string file, string told) =>
        Assert.Contains(told, (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(Convert.FromHexString(file)))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_only_begins_like_such_a_file_is_read() =>
        Assert.Equal("1", Assert.Single(await ReadAsync("PK,BZ\n1,2\n")).Fields.GetProperty("PK").GetString());

    [Fact]
    public async Task Packed_rows_are_unpacked()
    {
        var packed = Packed("{\"a\":1}\n{\"a\":2}\n");
        Assert.Equal(2, (await ReadAsync(packed)).Count);
    }

    [Fact]
    public async Task Packed_files_that_were_joined_are_read_to_the_end() =>
        Assert.Equal(2, (await ReadAsync([.. Packed("{\"a\":1}\n"), .. Packed("{\"a\":2}\n")])).Count);

    [Fact]
    public async Task What_is_left_of_a_packed_file_that_was_cut_off_is_read_and_the_cut_is_told()
    {
        var random = new Random(1);
        var lines = string.Concat(Enumerable.Range(0, 2000).Select(i => $"{{\"a\":{random.NextInt64()}}}\n"));
        var packed = Packed(lines);
        var rows = new List<Row>();
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (var row in RowReader.ReadAsync(new Trickle(packed[..(packed.Length / 2)]), cancellation: TestContext.Current.CancellationToken))
            {
                rows.Add(row);
            }
        });
        Assert.InRange(rows.Count, 500, 1500);
        Assert.All(rows, row => Assert.Null(row.Error));
    }

    [Fact]
    public async Task An_empty_packed_file_has_no_rows() =>
        Assert.Empty(await ReadAsync([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

    [Fact]
    public async Task A_last_line_that_was_cut_off_is_told()
    {
        var rows = await ReadAsync("{\"a\":1}\n{\"a\":");
        Assert.Equal([null, true], [rows[0].Error, (object)rows[1].Error!.StartsWith("is cut off", StringComparison.Ordinal)]);
    }

    [Theory]
    [InlineData("7", "is no JSON object, but Number")]
    [InlineData("{\"a\":1}{", "is no JSON")]
    [InlineData("{a}", "is no JSON")]
    public async Task A_line_that_is_no_object_is_told_and_the_next_is_read(string line, string error)
    {
        var rows = await ReadAsync($"{line}\n{{}}\n", RowFormat.Jsonl);
        Assert.Contains(error, rows[0].Error, StringComparison.Ordinal);
        Assert.Null(rows[1].Error);
    }

    [Fact]
    public async Task A_line_of_another_encoding_is_told_and_the_next_is_read()
    {
        var rows = await ReadAsync([.. "{\"a\":\""u8, 0xE9, .. "\"}\n{\"a\":\"é\"}\n"u8]);
        Assert.Equal("is not UTF-8", rows[0].Error);
        Assert.Equal("é", rows[1].Fields.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task A_file_with_a_mark_of_its_byte_order_is_read(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var rows = await ReadAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("{\"a\":\"é五\"}\n")]);
        Assert.Equal("é五", Assert.Single(rows).Fields.GetProperty("a").GetString());
    }

    [Theory]
    [InlineData("[{\"a\":\"],[{\\\"\"},{\"b\":[{},[1,2]]}]", "1: {\"a\":\"],[{\\\"\"}|2: {\"b\":[{},[1,2]]}")]
    [InlineData("[{}, 7,\n[{}] ,{}]\n", "1: {}|2: is no JSON object, but Number|3: is no JSON object, but Array|4: {}")]
    [InlineData("[{},,{}]", "1: {}|2: is empty: nothing stands between two commas of the array|3: {}")]
    public async Task Elements_of_an_array_are_told_apart(string file, string told) => Assert.Equal(told, string.Join('|', (await ReadAsync(file)).Select(Told)));

    [Fact]
    public async Task An_element_that_is_no_JSON_is_told_and_the_next_is_read()
    {
        var rows = await ReadAsync("[{a},{\"b\":}},{}]");
        Assert.Equal([true, true, false], rows.Select(row => row.Error is not null));
    }

    [Theory]
    [InlineData("[{}]x", "row 1: something follows the end of the array")]
    [InlineData("{}", "row 1: there is no JSON array")]
    [InlineData(" ", "row 1: there is no JSON array")]
    [InlineData("[{},", "row 2: the array breaks off")]
    public async Task What_is_no_array_is_told(string file, string error)
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(file, RowFormat.Json));
        Assert.Equal(error, exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[]")]
    [InlineData("\uFEFF")]
    public async Task An_empty_file_has_no_rows(string file) => Assert.Empty(await ReadAsync(file));

    [Fact]
    public async Task An_array_that_breaks_off_is_told()
    {
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("[{\"a\":1},{\"a\""));
        Assert.Contains("row 2", exception.Message, StringComparison.Ordinal);
    }

    internal static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
