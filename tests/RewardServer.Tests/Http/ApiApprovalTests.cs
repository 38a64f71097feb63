using System.Text.Json;
using System.Text.Json.Nodes;

namespace RewardServer.Tests.Http;

/// <summary>
/// The HTTP API is frozen: what clients see changes only where the approved description is changed with it
/// (run this test with APPROVE_API=1, and read the difference).
/// </summary>
public sealed class ApiApprovalTests(RunningServer server)
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests/RewardServer.Tests/Http/openapi.v1.approved.json");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_API_is_the_one_that_was_approved()
    {
        var description = JsonNode.Parse(await server.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject();
        description.Remove("servers"); // where this very server listens
        var current = description.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE_API") == "1")
        {
            await File.WriteAllTextAsync(Approved, current, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(Approved, TestContext.Current.CancellationToken), current);
    }
}
