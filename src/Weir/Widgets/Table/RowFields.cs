using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Weir.Tables;

/// <summary>Takes apart what callers send as a row.</summary>
internal static class RowFields
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    public static List<RowField> Of(IEnumerable<KeyValuePair<string, object?>> row) => [.. row.Select(pair => Field(pair.Key, pair.Value))];

    [RequiresUnreferencedCode("Reads the properties of whatever type the row has.")]
    public static List<RowField> Of(object row) => row switch
    {
        IEnumerable<KeyValuePair<string, object?>> pairs => Of(pairs),
        IDictionary dictionary => OfDictionary(dictionary),
        string or IEnumerable => throw NotARow(row),
        _ => OfObject(row),
    };

    private static List<RowField> OfDictionary(IDictionary dictionary)
    {
        var fields = new List<RowField>(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary)
        {
            fields.Add(Field(entry.Key as string ?? throw new ArgumentException($"A row's keys are column names; given was the {entry.Key.GetType().Name} {entry.Key}.", nameof(dictionary)), entry.Value));
        }
        return fields;
    }

    [RequiresUnreferencedCode("Reads the properties of whatever type the row has.")]
    private static List<RowField> OfObject(object row)
    {
        var type = row.GetType();
        if (type.IsPrimitive || type.IsEnum) throw NotARow(row);
        if (!Properties.TryGetValue(type, out var properties)) Properties[type] = properties = ReadableProperties(type);
        var fields = new List<RowField>(properties.Length);
        foreach (var property in properties) fields.Add(new RowField(property.Name, property.GetValue(row), property.PropertyType));
        return fields;
    }

    private static PropertyInfo[] ReadableProperties([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            // Declaration order, which reflection keeps within a type: a base type's columns come first.
            .OrderBy(property => Depth(property.DeclaringType)),
    ];

    private static int Depth(Type? type) => type is null ? 0 : 1 + Depth(type.BaseType);

    private static RowField Field(string name, object? value) => new(name, value, value?.GetType() ?? typeof(string));

    private static ArgumentException NotARow(object row) => new(
        $"A row is an object with public properties, such as new {{ Name = \"a\", Value = 1 }}, or a dictionary with text keys; given was a {row.GetType().Name}.", nameof(row));
}
