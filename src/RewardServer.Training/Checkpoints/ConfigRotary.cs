using RewardServer.Training.Policies;

namespace RewardServer.Training.Checkpoints;

/// <summary>
/// How a <c>config.json</c> describes the rotary embedding: <c>rope_theta</c> and <c>rope_scaling</c>, or both in <c>rope_parameters</c>, as newer
/// transformers write them.
/// </summary>
internal sealed class ConfigRotary
{
    /// <summary>Reads it; what is wrong goes to the errors of the members.</summary>
    public ConfigRotary(ConfigMembers members)
    {
        Theta = members.Number("rope_theta", 10_000);
        Scaling = Read(members);
        if (members.Errors.Count == 0 && Theta <= 0)
        {
            members.Wrong("rope_theta", $"must be above 0, but is {Theta}");
        }
    }

    /// <summary>Base of the wavelengths.</summary>
    public double Theta { get; private set; }

    /// <summary>How they are stretched; null for not at all.</summary>
    public RopeScaling? Scaling { get; }

    private RopeScaling? Read(ConfigMembers members)
    {
        var name = members.Has("rope_parameters") ? "rope_parameters" : "rope_scaling";
        if (!members.Has(name))
        {
            return null;
        }

        var parameters = members.Nested(name);
        Theta = parameters.Number("rope_theta", Theta);
        var type = parameters.Text("rope_type") ?? parameters.Text("type") ?? "default";
        if (type != "llama3")
        {
            if (type != "default")
            {
                parameters.Wrong("rope_type", $"is \"{type}\"; default and llama3 are supported");
            }

            return null;
        }

        var scaling = new RopeScaling(parameters.Number("factor"), parameters.Number("low_freq_factor"), parameters.Number("high_freq_factor"), parameters.Whole("original_max_position_embeddings"));
        if (members.Errors.Count == 0 && (scaling.Factor < 1 || scaling.HighFrequencyFactor <= scaling.LowFrequencyFactor))
        {
            members.Wrong(name, "must have a factor of at least 1, and a high_freq_factor above low_freq_factor");
        }

        return scaling;
    }
}
