namespace RewardServer.Tests.Cli;

public sealed class VerifyTests
{
    [Fact]
    public async Task A_table_comes_back_with_its_verdicts()
    {
        const string Table = "id,answer,gold\n1,0.5,\\frac12\n2,\"1,000\",1000\n3,7,8\n4,1,\\frac{}{}\n";
        var (code, output, error) = await RewardServerProcess.RunAsync(Table, "verify", "--csv", "-", "--output", "-");
        Assert.Equal(0, code);
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("id,answer,gold,equal,stage,reason", rows[0]);
        Assert.StartsWith("1,0.5,\\frac12,true,exact,", rows[1]);
        Assert.StartsWith("2,\"1,000\",1000,true,exact,", rows[2]);
        Assert.StartsWith("3,7,8,false,", rows[3]);
        Assert.StartsWith("4,1,\\frac{}{},,reading,", rows[4]);
        Assert.Contains("4 rows: 2 equal, 1 not equal, 1 whose gold cannot be judged against", error);
    }

    [Theory]
    [InlineData("answer,gold\n1\n", "row 1 has 1 fields, and the header 2")]
    [InlineData("answer,gold\n1,1\n1,2,3\n", "row 2 has 3 fields, and the header 2")]
    public async Task A_row_of_another_length_is_told(string table, string reason)
    {
        var (code, _, error) = await RewardServerProcess.RunAsync(table, "verify", "--csv", "-");
        Assert.Equal((2, $"rewardserver: --csv: {reason}"), (code, error.Trim()));
    }

    [Fact]
    public async Task A_missing_column_is_told()
    {
        var (code, _, error) = await RewardServerProcess.RunAsync("answer\n1\n", "verify", "--csv", "-");
        Assert.Equal((2, "rewardserver: --csv: '-' has no column 'gold'"), (code, error.Trim()));
    }
}
