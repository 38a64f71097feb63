using System.Net;

namespace RewardServer.Tests.Http;

public sealed class ApiKeyTests
{
    private const string Key = "a-key-of-more-than-16-characters";

    [Theory]
    [InlineData("/v1/rubrics", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("/v1/rubrics", "Authorization", "Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/v1/rubrics", "Authorization", $"Bearer {Key}", HttpStatusCode.OK)]
    [InlineData("/v1/rubrics", "X-API-Key", Key, HttpStatusCode.OK)]
    [InlineData("/v1/rubrics", "X-API-Key", $"{Key}x", HttpStatusCode.Unauthorized)]
    [InlineData("/healthz", null, null, HttpStatusCode.OK)]
    public async Task A_key_is_asked_for_where_one_is_configured(string path, string? header, string? value, HttpStatusCode expected)
    {
        await using var app = await RunningServer.StartAsync(new() { ["Server:ApiKeys:0"] = Key, ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        if (header is not null)
        {
            client.DefaultRequestHeaders.Add(header, value);
        }

        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
    }
}
