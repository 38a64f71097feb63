using System.Globalization;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders;

public sealed class GraderCatalogTests
{
    private static readonly string[] Table =
        [.. File.ReadLines(Path.Combine(Repository.Root, "docs/graders.md")).Where(line => line.StartsWith("| [`", StringComparison.Ordinal))];

    public static TheoryData<string> Names => [.. GraderCatalog.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_grader_has_its_row_in_the_table_with_its_weight(string name)
    {
        var row = Assert.Single(Table, line => line.StartsWith($"| [`{name}`]", StringComparison.Ordinal));
        Assert.Equal(GraderCatalog.Find(name)!.DefaultWeight.ToString(CultureInfo.InvariantCulture), row.Split('|')[4].Trim());
    }

    [Fact]
    public void The_table_has_no_other_rows() => Assert.Equal(GraderCatalog.All.Length, Table.Length);
}
