using RewardServer.Hosting;

namespace RewardServer.Tests.Hosting;

public sealed class ListenPolicyTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:0;http://[::1]:5000")]
    [InlineData("http://unix:/run/rewardserver.sock")]
    public void Loopback_needs_no_key(string urls) =>
        Assert.NotEmpty(ListenPolicy.Check(urls, hasKey: false, allowAnonymous: false));

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("http://grader.example:8080")]
    [InlineData("http://127.0.0.1:8080;http://0.0.0.0:8081")]
    public void Beyond_it_a_key_or_a_word_is_needed(string urls)
    {
        Assert.Contains("API key", Assert.Throws<StartException>(() => ListenPolicy.Check(urls, false, false)).Message, StringComparison.Ordinal);
        Assert.NotEmpty(ListenPolicy.Check(urls, hasKey: true, allowAnonymous: false));
        Assert.NotEmpty(ListenPolicy.Check(urls, hasKey: false, allowAnonymous: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:port")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:8080/base")]
    public void What_is_no_address_is_refused(string urls) =>
        Assert.Throws<StartException>(() => ListenPolicy.Check(urls, true, true));

    [Fact]
    public async Task Every_wrong_setting_is_reported_at_once()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Server:MaxItems"] = "0",
            ["Server:ApiKeys:0"] = "short",
            ["Sandbox:Engine"] = "qemu",
            ["Sandbox:Slot"] = "3",
        };
        var exception = await Assert.ThrowsAsync<StartException>(() =>
            Server.BuildAsync(null, false, settings, TestContext.Current.CancellationToken));
        Assert.Equal(3, exception.Errors.Count);
    }
}
