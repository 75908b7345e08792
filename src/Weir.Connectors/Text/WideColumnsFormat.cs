namespace Weir.Connectors.Text;

/// <summary>Columns kept apart by two blanks or more, so that a name or a cell may hold one, as docker stats prints them. The first column names the row.</summary>
internal sealed class WideColumnsFormat(LabelRule labels) : LineFormat
{
    private string[]? _names;

    public override string Description => $"columns with a header: {_names?.Length ?? 0} columns";

    public override LineResult Read(string line, LineValues into)
    {
        var cells = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (cells.Length is < 2 or > LineValues.ValuesMax) return LineResult.NotUnderstood;
        if (!Array.Exists(cells, cell => Quantity.TryParse(cell, out _) || Quantity.IsGap(cell)))
        {
            // The names of the first header stay; it is printed again with each report.
            if (Array.TrueForAll(cells, cell => !char.IsAsciiDigit(cell[0]))) _names = cells;
            return _names is null ? LineResult.NotUnderstood : LineResult.Structure;
        }
        if (_names is null || cells.Length != _names.Length) return LineResult.NotUnderstood;
        for (var i = 0; i < cells.Length; i++)
        {
            if (i == 0 || _names[i].Equals("NAME", StringComparison.OrdinalIgnoreCase)) into.Labels.Add(new(_names[i].ToLowerInvariant(), cells[i]));
            else into.AddField(_names[i], cells[i], labels);
        }
        return LineResult.Values;
    }
}
