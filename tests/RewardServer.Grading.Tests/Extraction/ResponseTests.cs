using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class ResponseTests
{
    [Theory]
    [InlineData("<think>a</think>b", "?", "a", "b")]
    [InlineData("a</think>b", "…<think>\n", "a", "b")]
    [InlineData("b", "?", "", "b")]
    [InlineData("<think>never ends", "?", "never ends", "")]
    [InlineData("never ends", "<think>", "never ends", "")]
    [InlineData("<think>no close <answer>5</answer>", "?", "no close ", "<answer>5</answer>")]
    public void A_completion_is_parted_where_its_thinking_ends(string completion, string prompt, string thinking, string text) =>
        Assert.Equal(new Response(thinking, text), Response.Of(Items.Math(completion, "5", prompt), new()));

    [Fact]
    public void Other_tags_part_it_too()
    {
        var tags = new ThinkTags { ThinkOpen = "[THINKING]", ThinkClose = "[/THINKING]" };
        Assert.Equal(new Response("a", "b"), Response.Of(Items.Math("[THINKING]a[/THINKING]b", "5"), tags));
    }
}
