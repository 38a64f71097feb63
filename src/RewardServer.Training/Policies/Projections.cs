using System.Collections.Immutable;

namespace RewardServer.Training.Policies;

/// <summary>The linear projections of a layer by their names, together as they are multiplied: each group reads one input, and its matrices stand end to end.</summary>
internal static class Projections
{
    /// <summary>What attention reads.</summary>
    public static readonly ImmutableArray<string> Attention = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"];

    /// <summary>What attention writes.</summary>
    public static readonly ImmutableArray<string> Output = ["self_attn.o_proj"];

    /// <summary>What the feed-forward part reads.</summary>
    public static readonly ImmutableArray<string> GateUp = ["mlp.gate_proj", "mlp.up_proj"];

    /// <summary>What the feed-forward part writes.</summary>
    public static readonly ImmutableArray<string> Down = ["mlp.down_proj"];

    /// <summary>All groups, in their order.</summary>
    public static readonly ImmutableArray<ImmutableArray<string>> Groups = [Attention, Output, GateUp, Down];

    /// <summary>The names as adapters call their targets: the last part alone, such as <c>q_proj</c>.</summary>
    public static readonly ImmutableArray<string> Names = [.. Groups.SelectMany(group => group).Select(Short)];

    /// <summary>The last part of a name.</summary>
    public static string Short(string projection) => projection[(projection.LastIndexOf('.') + 1)..];
}
