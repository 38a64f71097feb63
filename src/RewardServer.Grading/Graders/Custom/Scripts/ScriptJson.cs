using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>How what the server and a script's process tell each other is written as JSON.</summary>
public static class ScriptJson
{
    // An item, which may be nested as deep as JSON may be, stands some levels down in a message.
    private const int Deepest = 256;

    /// <summary>The one set of options, for both sides.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(ItemJson.Options) { MaxDepth = Deepest };
        // Whatever stands in a task goes through as it is, half characters and all.
        options.Converters.Add(new EchoedJsonConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
