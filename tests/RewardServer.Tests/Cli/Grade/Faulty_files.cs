using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace RewardServer.Tests.Cli.Grade;

public sealed class Faulty_files
{
    [Fact]
    public async Task A_full_disk_ends_the_run_which_can_go_on_where_there_is_room()
    {
        using var disk = SmallDisk.Mount("size=128k");
        using var folder = new GradeFolder().With(2000);
        var output = Path.Combine(disk.Folder, "out.jsonl");
        var (code, _, error) = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", output, "--rubric", GradeFolder.Accuracy);
        Assert.Equal(3, code);
        Assert.Contains("--resume", error, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(output).Length, 1, 128 << 10);

        File.Copy(output, folder.Output);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        folder.HasAll(2000);
    }

    [Fact]
    public async Task A_reader_that_has_gone_ends_the_run()
    {
        using var folder = new GradeFolder().With(20_000);
        await using var run = RewardServerProcess.Start("grade", "--input", folder.Input, "--output", "-", "--rubric", GradeFolder.Accuracy);
        Assert.StartsWith("{\"row\":1,", await run.LineWithAsync("row"), StringComparison.Ordinal);
        var (code, error) = await run.ReadNoMoreAsync();
        Assert.Equal(3, code);
        Assert.Contains("Stopped after row", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "there is no row")]
    [InlineData("5", "there is no row")]
    [InlineData("{\n  \"problem\": \"?\"\n}\n", "row 1 is no JSON")]
    [InlineData("PK\u0003\u0004\u0014", "packed as zip, which is not read")]
    [InlineData("a,b\n\"1", "--input: row ")]
    public async Task What_cannot_be_read_at_all_is_told_before_anything_is_graded(string file, string told)
    {
        using var folder = new GradeFolder();
        await File.WriteAllTextAsync(folder.Input, file, TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync();
        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Output));
    }

    [Theory]
    [InlineData("--input")]
    [InlineData("--output")]
    [InlineData("--problems")]
    public async Task Folders_are_told_as_such(string flag)
    {
        using var folder = new GradeFolder().With(1);
        var inner = Directory.CreateDirectory(folder.File("inner")).FullName;
        var (code, _, error) = await RewardServerProcess.RunAsync(
            "", ["grade", .. flag == "--input" ? [] : (string[])["--input", folder.Input], .. flag == "--output" ? [] : (string[])["--output", folder.Output], flag, inner]);
        Assert.Equal(2, code);
        Assert.Contains($"{flag}: {inner} is a folder", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_cannot_go_on_in_a_named_pipe()
    {
        using var folder = new GradeFolder().With(1);
#pragma warning disable RS0030 // A pipe for a test.
        using (var making = Process.Start("mkfifo", [folder.Output]))
#pragma warning restore RS0030
        {
            await making.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (code, _, error) = await folder.GradeAsync("--resume").WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Equal(2, code);
        Assert.Contains("is a pipe or a device", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_told_before_anything_is_graded()
    {
        using var disk = SmallDisk.Mount("ro");
        using var folder = new GradeFolder().With(3);
        var (code, output, error) = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", Path.Combine(disk.Folder, "out.jsonl"));
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("rewardserver: --output:", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_a_packed_file_that_was_cut_off_is_graded_and_the_cut_is_told()
    {
        using var folder = new GradeFolder().With(20_000);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(await File.ReadAllBytesAsync(folder.Input, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        }

        await File.WriteAllBytesAsync(folder.Input, packed.ToArray()[..((int)packed.Length / 2)], TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync();
        Assert.Equal(3, code);
        Assert.Contains("the gzip file is cut off", error, StringComparison.Ordinal);
        var half = folder.Results().Length;
        Assert.InRange(half, 5_000, 15_000);
        folder.HasAll(half);

        // The whole file comes after all.
        await File.WriteAllBytesAsync(folder.Input, packed.ToArray(), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        folder.HasAll(20_000);
    }

    [Fact]
    public async Task A_row_that_is_too_large_and_one_that_was_cut_off_are_skipped_with_their_reasons()
    {
        using var folder = new GradeFolder();
        await using (var writer = new StreamWriter(folder.Input))
        {
            await writer.WriteLineAsync(GradeFolder.Row(1));
            await writer.WriteAsync("{\"problem\":\"");
            var piece = new string('a', 1 << 20);
            for (var i = 0; i < 100; i++)
            {
                await writer.WriteAsync(piece);
            }

            await writer.WriteLineAsync("\",\"answer\":\"1\",\"completion\":\"1\"}");
            await writer.WriteLineAsync(GradeFolder.Row(3));
            await writer.WriteAsync(GradeFolder.Row(4)[..^20]);
        }

        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var results = folder.Results();
        Assert.Equal(["scored", "skipped", "scored", "skipped"], results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.Contains("more than the 67108864 of a row", results[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("row 4 is cut off", results[3].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_one_id_are_all_graded()
    {
        using var folder = new GradeFolder();
        var rows = Enumerable.Range(0, 4).Select(i => $$"""{"id":"same","problem":"?","answer":"1","completion":"\\boxed{{{i % 2}}}"}""");
        await File.WriteAllLinesAsync(folder.Input, rows, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        Assert.Equal([0.0, 1, 0, 1], folder.Results().Select(result => result.GetProperty("reward").GetDouble()));
        Assert.All(folder.Results(), result => Assert.Equal(("same", "same"), (result.GetProperty("id").GetString(), result.GetProperty("group").GetString())));
    }

    [Fact]
    public async Task Encodings_with_a_mark_are_read_and_a_line_of_another_is_skipped()
    {
        using var folder = new GradeFolder();
        await File.WriteAllBytesAsync(folder.Input, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(GradeFolder.Row(1)), (byte)'\r', (byte)'\n', .. "{\"problem\":\""u8, 0xE9, .. "\"}\n"u8], TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        Assert.Equal([null, "row 2 is not UTF-8"], folder.Results().Select(result => result.GetProperty("reason").GetString()));

        await File.WriteAllTextAsync(folder.Input, $"{GradeFolder.Row(1)}\n", Encoding.Unicode, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync("--overwrite")).ExitCode);
        folder.HasAll(1);
    }
}
