namespace RewardServer.Tests.Cli.Grade;

public sealed class Going_on
{
    private const int Rows = 20_000;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_has_every_row_once_and_in_order()
    {
        using var folder = new GradeFolder().With(Rows);
        for (var (kill, had) = (0, 0L); kill < 3; kill++, had = new FileInfo(folder.Output).Length)
        {
            await using var run = RewardServerProcess.Start(folder.Command("--resume"));
            await folder.GrowAsync(had + (300 << 10));
            await run.KillAsync();
        }

        Assert.InRange(folder.Results().Length, 1, Rows - 1);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.Equal(0, code);
        folder.HasAll(Rows);
        // The report is of the whole, and not of the last part alone.
        Assert.Contains("20,000 graded", error, StringComparison.Ordinal);
        Assert.Contains("20,000 completions", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_leaves_whole_rows_and_says_how_to_go_on()
    {
        using var folder = new GradeFolder().With(Rows);
        await using (var run = RewardServerProcess.Start(folder.Command()))
        {
            await folder.GrowAsync(200 << 10);
            var (code, error) = await run.InterruptAsync();
            Assert.Equal(130, code);
            Assert.Contains("--resume", error, StringComparison.Ordinal);
        }

        Assert.EndsWith("}\n", await File.ReadAllTextAsync(folder.Output, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        folder.HasAll(Rows);
    }

    [Fact]
    public async Task Ctrl_C_does_not_wait_for_a_line_of_standard_input()
    {
        using var folder = new GradeFolder();
        await using var run = RewardServerProcess.Start("grade", "--input", "-", "--output", folder.Output, "--rubric", GradeFolder.Accuracy);
        await run.Input.WriteLineAsync(GradeFolder.Row(1));
        await run.Input.FlushAsync(TestContext.Current.CancellationToken);
        await folder.GrowAsync(10);
        Assert.Equal(130, (await run.InterruptAsync()).ExitCode);
        folder.HasAll(1);
    }

    [Fact]
    public async Task Half_a_row_is_cut_off_and_graded_again()
    {
        using var folder = new GradeFolder().With(50);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var whole = await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.Output, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        Assert.Equal(whole, await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_done_is_not_done_again()
    {
        using var folder = new GradeFolder().With(20);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        var whole = await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.Equal(0, code);
        Assert.Contains("20 graded", error, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Results_are_neither_replaced_nor_mixed_by_mistake()
    {
        using var folder = new GradeFolder().With(20);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var whole = await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken);

        var again = await folder.GradeAsync();
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--resume goes on with the results in it, --overwrite replaces them", again.Error, StringComparison.Ordinal);
        var other = await RewardServerProcess.RunAsync("", "grade", "--input", folder.Input, "--output", folder.Output, "--rubric", "r1-zero", "--resume");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("results of two rubrics do not go into one file", other.Error, StringComparison.Ordinal);
        Assert.Equal(whole, await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken));

        folder.With(10);
        Assert.Equal(0, (await folder.GradeAsync("--overwrite")).ExitCode);
        folder.HasAll(10);
    }

    [Fact]
    public async Task Another_input_is_refused_with_the_row_that_differs()
    {
        using var folder = new GradeFolder().With(20);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var whole = await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken);
        var rows = await File.ReadAllLinesAsync(folder.Input, TestContext.Current.CancellationToken);
        foreach (var (place, row, told) in ((int, string, string)[])
        [
            (4, """{"id":"other","problem":"?","answer":"1","completion":"\\boxed{5}"}""", "row 5 of the input is 'other' and 'row 5' in the results"),
            (6, rows[6].Replace("boxed", "fbox", StringComparison.Ordinal), "row 7 of the input is 'row 7' with 8 characters in completion 0, and in the results with 9 characters"),
        ])
        {
            await File.WriteAllLinesAsync(folder.Input, [.. rows[..place], row, .. rows[(place + 1)..]], TestContext.Current.CancellationToken);
            var (code, _, error) = await folder.GradeAsync("--resume");
            Assert.Equal(2, code);
            Assert.Contains(told, error, StringComparison.Ordinal);
        }

        await File.WriteAllLinesAsync(folder.Input, rows[..10], TestContext.Current.CancellationToken);
        Assert.Contains("the input ends before row 11 of the results", (await folder.GradeAsync("--resume")).Error, StringComparison.Ordinal);
        // Nothing but the last row, which is never taken for whole, was touched.
        await File.WriteAllLinesAsync(folder.Input, rows, TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync("--resume")).ExitCode);
        Assert.Equal(whole, await File.ReadAllBytesAsync(folder.Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_engine_is_told()
    {
        using var folder = new GradeFolder().With(5);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var engine = folder.Results()[0].GetProperty("engine").GetString()!;
        await File.WriteAllTextAsync(
            folder.Output, (await File.ReadAllTextAsync(folder.Output, TestContext.Current.CancellationToken)).Replace(engine, "0.0.9", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.Equal(0, code);
        Assert.Contains("has results of the engine 0.0.9", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_character_in_a_row_stops_neither_the_run_nor_its_report()
    {
        using var folder = new GradeFolder();
        await File.WriteAllLinesAsync(folder.Input, Enumerable.Range(1, 3).Select(i =>
            $$$"""{"id":"{{{i}}}","prompt":"?","completion":"\\boxed{1}","meta":{"t":"x\ud83d","\ud83d":"y"},"task":{"kind":"math","answer":"1"}}"""), TestContext.Current.CancellationToken);
        Assert.Equal(0, (await folder.GradeAsync()).ExitCode);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.True(code == 0, error);
        (code, var output, error) = await RewardServerProcess.RunAsync("", "report", folder.Output, "--by", "t", "--json", "-");
        Assert.True(code == 0, error);
        Assert.Contains("x\ufffd", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_told_before_anything_is_graded()
    {
        using var folder = new GradeFolder().With(3);
        var (code, _, error) = await folder.GradeAsync("--report", folder.File("none/report.html"));
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: --report:", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Output));
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_not_handed_on()
    {
        using var folder = new GradeFolder();
        await File.WriteAllTextAsync(folder.Input, """{"\u001b]0;evil\u0007":1}""", TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync();
        Assert.Equal(2, code);
        Assert.Contains("evil", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }

    [Theory]
    [InlineData("my notes, without an end of line")]
    [InlineData("my notes\n")]
    [InlineData("{\"id\":\"a\"}\n{\"id\":\"b\"}\n")]
    public async Task A_file_that_holds_no_results_is_left_as_it_is(string notes)
    {
        using var folder = new GradeFolder().With(3);
        await File.WriteAllTextAsync(folder.Output, notes, TestContext.Current.CancellationToken);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.Equal(2, code);
        Assert.StartsWith("rewardserver: --resume: ", error, StringComparison.Ordinal);
        Assert.Equal(notes, await File.ReadAllTextAsync(folder.Output, TestContext.Current.CancellationToken));
    }
}
