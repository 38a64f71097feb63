using Microsoft.Extensions.Configuration;
using RewardServer.Hosting;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>What is wrong with a form's settings stops the start, and is told by the setting.</summary>
public sealed class FormSettingsTests
{
    [Theory]
    [InlineData("Trainers:Forms:a:Response", "")]
    [InlineData("Trainers:Forms:a:Response", "Response", "samples[*")]
    [InlineData("Trainers:Forms:a:Prompt", "Prompt", "a..b")]
    [InlineData("Trainers:Forms:a:Prompt", "Prompt", "samples[*].parts[*]", "Response", "samples[*]")]
    [InlineData("Trainers:Forms:a:Label", "Label", "labels[*]")]
    [InlineData("Trainers:Forms:a:Label", "Label", "la bel")]
    [InlineData("Trainers:Forms:a:Label", "Label", "")]
    [InlineData("Trainers:Forms:a:Reward", "Reward", "rewards[*]")]
    [InlineData("Trainers:Forms:a:Reward", "Reward", "a[*].b[*].c[*]", "Response", "a[*].b[*]")]
    [InlineData("Trainers:Forms:a:Reason", "Reason", "rewards[")]
    [InlineData("Trainers:Forms:a:Components", "Components", "reward")]
    [InlineData("Trainers:Forms:a:Answer", "Answer", "{")]
    [InlineData("Trainers:Forms:a:Answer", "Answer", """{"reward": {}}""")]
    [InlineData("Trainers:Forms:a:Answer", "Answer", """{"reward": 1, "reward": 2}""")]
    [InlineData("Trainers:Forms:a:Answer", "Answer", """{"data": []}""", "Reward", "data.reward")]
    [InlineData("Trainers:Forms:a:Answer", "Components", "reward.parts")]
    [InlineData("Trainers:Forms:a:Kind", "Kind", "maths")]
    [InlineData("Trainers:Forms:a:FaultStatus", "FaultStatus", "200")]
    [InlineData("Trainers:Forms:a:DeadlineSeconds", "DeadlineSeconds", "0")]
    [InlineData("Trainers:Forms:a:DeadlineSeconds", "DeadlineSeconds", "NaN")]
    [InlineData("Trainers", "DeadlineSeconds", "soon")]
    [InlineData("Trainers", "Responses", "a")]
    public void A_setting_that_is_wrong_stops_the_start(string error, params string[] settings)
    {
        var configured = new Dictionary<string, string?> { ["Trainers:Forms:a:Response"] = settings is [""] ? null : "response" };
        for (var i = 0; i + 1 < settings.Length; i += 2)
        {
            configured[$"Trainers:Forms:a:{settings[i]}"] = settings[i + 1];
        }

        // A form without a response has another setting, or there would be no form.
        configured["Trainers:Forms:a:Mask"] = "true";
        Assert.Equal(error, Assert.Single(Errors(configured)).Split(": ")[0]);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    public void A_name_stands_in_a_path(string name) =>
        Assert.StartsWith($"Trainers:Forms:{name}: its name", Assert.Single(Errors(new() { [$"Trainers:Forms:{name}:Response"] = "response" })), StringComparison.Ordinal);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            ["Trainers:Forms:a:Response", "Trainers:Forms:a:Kind", "Trainers:Forms:b:Prompt", "Trainers:PatienceSeconds"],
            Errors(new()
            {
                ["Trainers:PatienceSeconds"] = "-1", ["Trainers:Forms:a:Kind"] = "x", ["Trainers:Forms:b:Response"] = "$", ["Trainers:Forms:b:Prompt"] = "[",
            }).Select(error => error.Split(": ")[0]));

    [Theory]
    [InlineData("Trainers:Rubric")]
    [InlineData("Trainers:Rubrics:slime")]
    [InlineData("Trainers:Forms:a:Rubric")]
    public async Task A_rubric_that_is_not_there_stops_the_start(string setting)
    {
        var thrown = await Assert.ThrowsAsync<StartException>(() => RunningServer.StartAsync(new()
        {
            [setting] = "r2", ["Trainers:Forms:a:Response"] = "response", ["Sandbox:Engine"] = "none",
        }));
        Assert.StartsWith($"{setting}: 'r2' is not a rubric", Assert.Single(thrown.Errors), StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Errors(Dictionary<string, string?> settings) =>
        Assert.Throws<StartException>(() => Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())).Errors;
}
