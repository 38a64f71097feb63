using RewardServer.Jobs.Sets;

namespace RewardServer.Jobs.Tests.Sets;

public sealed class ColumnMapTests
{
    [Fact]
    public void Pairs_are_read_with_spaces_around_them_and_from_several_lists()
    {
        var (map, errors) = ColumnMap.Read(" completion = output , answer=gold,", "problem=a=b");
        Assert.Empty(errors);
        Assert.Equal([("answer", "gold"), ("completion", "output"), ("problem", "a=b")], map.Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told() =>
        Assert.Equal(
            ["'a' is no NAME=COLUMN, as in completion=output,answer=gold", "'=b' is no NAME=COLUMN, as in completion=output,answer=gold", "says twice what stands for 'prompt'"],
            ColumnMap.Read("a,=b,prompt=1,prompt=2").Errors);
}
