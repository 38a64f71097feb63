using RewardServer.Jobs.Reports;

namespace RewardServer.Jobs.Tests.Reports;

[Collection(Alone.Name)]
public sealed class ReportMemoryTests
{
    [Fact]
    public void A_million_lines_stay_within_some_megabytes()
    {
        using var builder = new ReportBuilder(new() { MemoryBytes = 4 << 20 });
        var line = ResultLines.Read(ResultLines.Maths("p", 0, 1, "1"));
        builder.Add(line);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1_000_000; i++)
        {
            builder.Add(line with { Group = $"p{i / 8}", Id = $"{i}", Reward = i % 3, Right = i % 3 > 0, Answer = $"{i % 5}" });
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 24 << 20);
        var report = builder.Build();
        Assert.Equal((1_000_001L, 125_001L), (report.Items, report.Problems));
        Assert.Equal(1, report.Reward!.Mean, 0.001);
    }
}
