using System.Text.Json;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>What was measured of a completion's programs: the most over the tests of all its components.</summary>
/// <param name="Seconds">Elapsed time, in seconds; null where no program ran.</param>
/// <param name="MemoryMb">Peak memory, in MiB; null where no program ran.</param>
internal readonly record struct LineMeasures(double? Seconds, double? MemoryMb)
{
    public static LineMeasures Of(List<JsonElement> components)
    {
        var measures = new LineMeasures();
        foreach (var component in components)
        {
            if (component.Member("details").Member("tests") is { ValueKind: JsonValueKind.Array } tests)
            {
                foreach (var test in tests.EnumerateArray().Where(HasRun))
                {
                    var measured = test.Member("measured");
                    measures = new(Most(measures.Seconds, measured.Number("wallSeconds")), Most(measures.MemoryMb, measured.Number("peakMemoryMb")));
                }
            }
        }

        return measures;
    }

    // One that did not run has zeros, which are no measures.
    private static bool HasRun(JsonElement test) => test.Member("measured").Number("wallSeconds") > 0;

    private static double? Most(double? one, double? other) => one is null ? other : other is null ? one : Math.Max(one.Value, other.Value);
}
