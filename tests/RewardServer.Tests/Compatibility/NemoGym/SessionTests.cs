using System.Net.Http.Json;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>The calls of NeMo-Gym's agents around <c>/verify</c>.</summary>
public sealed class SessionTests(RunningServer server)
{
    [Fact]
    public async Task Every_answer_brings_the_sessions_cookie_again_as_agents_hand_on_those_of_the_last_alone()
    {
        // One without a jar, as NeMo-Gym's: what is sent is what the last answer brought.
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = server.Client.BaseAddress };
        var session = await CookieAsync(client, "/seed_session", null);
        Assert.Matches("^rewardserver_session=[0-9a-f]{32}$", session);
        Assert.Equal(session, await CookieAsync(client, "/verify", session));
        Assert.Equal(session, await CookieAsync(client, "/aggregate_metrics", session));
        Assert.NotEqual("rewardserver_session=forged", await CookieAsync(client, "/verify", "rewardserver_session=forged"));
        Assert.NotEqual(session, await CookieAsync(client, "/seed_session", null));
    }

    [Fact]
    public async Task A_session_is_an_object_in_which_verifiers_looks_for_tools()
    {
        using var response = await server.Client.PostAsJsonAsync("/seed_session", GymRows.Maths(), TestContext.Current.CancellationToken);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_verdict_may_be_asked_for_again_at_any_time() =>
        Assert.Equal("\"stateless\"", await server.Client.GetStringAsync("/reverify_mode", TestContext.Current.CancellationToken));

    [Fact]
    public async Task With_observability_the_rollouts_id_stands_before_the_path()
    {
        Assert.Equal(2, await server.Client.RewardAsync(GymRows.Maths().OfCollection(), "/ng-rollout/3-1/verify"));
        using var response = await server.Client.PostAsJsonAsync("/ng-rollout/3-1/seed_session", GymRows.Maths(), TestContext.Current.CancellationToken);
        Assert.Equal("{}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> CookieAsync(HttpClient client, string path, string? cookie)
    {
        object body = path == "/aggregate_metrics" ? new { verify_responses = Array.Empty<object>() } : GymRows.Maths();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: JsonSerializerOptions.Default) };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }
}
