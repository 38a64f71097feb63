namespace RewardServer.Tests.Cli.Grade;

public sealed class Going_on
{
    private const int Rows = 40_000;

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_has_every_row_once_and_in_order()
    {
        using var folder = new GradeFolder().With(Rows);
        for (var (kill, had) = (0, 0L); kill < 3; kill++, had = new FileInfo(folder.Output).Length)
        {
            await using var run = RewardServerProcess.Start(folder.Command("--resume"));
            await folder.GrowAsync(had + (500 << 10));
            await run.KillAsync();
        }

        Assert.InRange(folder.Results().Length, 1, Rows - 1);
        var (code, _, error) = await folder.GradeAsync("--resume");
        Assert.Equal(0, code);
        folder.HasAll(Rows);
        // The report is of the whole, and not of the last part alone.
        Assert.Contains("40,000 graded", error, StringComparison.Ordinal);
        Assert.Contains("40,000 completions", error, StringComparison.Ordinal);
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
