//! What a WebAssembly file imports and exports.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{ElementSection, EntityType, ExportKind, ExportSection, ImportSection, Module};
use wasmparser::{
    BinaryReaderError, Element, ElementItems, ExportSectionReader, ImportSectionReader, Operator, Parser, Payload,
    TypeRef,
};

/// What is imported, by its module and its name, in the order of the file.
pub fn of(wasm: &[u8]) -> Result<Vec<(String, String, TypeRef)>> {
    let mut all = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                all.push((import.module.to_owned(), import.name.to_owned(), import.ty));
            }
        }
    }
    Ok(all)
}

/// The file with other names for what it imports (`named` is told a module and a name, and gives both), only those
/// exports that `keeps` says, and no elements of tables that say nothing: merging leaves them behind.
pub fn rewritten(
    wasm: &[u8],
    named: impl Fn(&str, &str) -> (String, String),
    keeps: impl Fn(&str) -> bool,
) -> Result<Vec<u8>> {
    let mut module = Module::new();
    Rewriting { named, keeps }
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(|error| anyhow!("cannot rewrite imports and exports: {error}"))?;
    Ok(module.finish())
}

struct Rewriting<N, K> {
    named: N,
    keeps: K,
}

impl<N: Fn(&str, &str) -> (String, String), K: Fn(&str) -> bool> Reencode for Rewriting<N, K> {
    type Error = Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for import in section.into_imports() {
            let import = import?;
            let (module, name) = (self.named)(import.module, import.name);
            imports.import(&module, &name, self.entity_type(import.ty)?);
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        for export in section {
            let export = export?;
            if (self.keeps)(export.name) {
                self.parse_export(exports, export)?;
            }
        }
        Ok(())
    }

    fn parse_element(&mut self, elements: &mut ElementSection, element: Element<'_>) -> Result<(), Error<Infallible>> {
        if says_nothing(&element.items)? { Ok(()) } else { utils::parse_element(self, elements, element) }
    }
}

/// Tables are empty to begin with.
fn says_nothing(items: &ElementItems<'_>) -> Result<bool, BinaryReaderError> {
    let ElementItems::Expressions(_, all) = items else { return Ok(false) };
    for expression in all.clone() {
        let mut operators = expression?.get_operators_reader();
        if !matches!(operators.read()?, Operator::RefNull { .. }) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A module that imports from `outer` what some files import from `inner`, each thing once, and exports it by the same
/// name. What is smallest in one of them (a memory, a table) has to be as large as the largest of them asks for.
pub fn passed_on<'a>(files: impl IntoIterator<Item = &'a [u8]>, inner: &str, outer: &str) -> Result<Vec<u8>> {
    let mut asked = BTreeMap::<String, TypeRef>::new();
    for file in files {
        for (_, name, ty) in of(file)?.into_iter().filter(|(module, ..)| module == inner) {
            asked.entry(name).and_modify(|other| *other = larger(*other, ty)).or_insert(ty);
        }
    }
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let (mut memories, mut tables, mut globals) = (0, 0, 0);
    for (name, ty) in &asked {
        let (kind, count) = match ty {
            TypeRef::Memory(_) => (ExportKind::Memory, &mut memories),
            TypeRef::Table(_) => (ExportKind::Table, &mut tables),
            TypeRef::Global(_) => (ExportKind::Global, &mut globals),
            _ => return Err(anyhow!("{name} is neither a memory, nor a table, nor a global")),
        };
        let ty: EntityType = RoundtripReencoder.entity_type(*ty)?;
        imports.import(outer, name, ty);
        exports.export(name, kind, *count);
        *count += 1;
    }
    let mut module = Module::new();
    module.section(&imports).section(&exports);
    Ok(module.finish())
}

fn larger(one: TypeRef, other: TypeRef) -> TypeRef {
    match (one, other) {
        (TypeRef::Memory(a), TypeRef::Memory(b)) if a.initial < b.initial => other,
        (TypeRef::Table(a), TypeRef::Table(b)) if a.initial < b.initial => other,
        _ => one,
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use wasm_encoder::{EntityType, GlobalType, ImportSection, MemoryType, Module, ValType};

    use super::{of, passed_on, rewritten};

    /// A file that imports a memory of some pages, and perhaps a global.
    fn file(pages: u64, global: bool) -> Vec<u8> {
        let mut imports = ImportSection::new();
        let memory = MemoryType { minimum: pages, maximum: None, memory64: false, shared: false, page_size_log2: None };
        imports.import("app", "memory", EntityType::Memory(memory));
        if global {
            let number = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
            imports.import("app", "stack", EntityType::Global(number));
        }
        let mut module = Module::new();
        module.section(&imports);
        module.finish()
    }

    fn names(wasm: &[u8]) -> Result<Vec<String>> {
        Ok(of(wasm)?.into_iter().map(|(module, name, _)| format!("{module}.{name}")).collect())
    }

    #[test]
    fn what_is_imported_gets_other_names() -> Result<()> {
        let renamed = |module: &str, name: &str| (module.replace("app", "x"), name.replace("stack", "s"));
        assert_eq!(names(&rewritten(&file(1, true), renamed, |_| true)?)?, ["x.memory", "x.s"]);
        Ok(())
    }

    #[test]
    fn what_several_files_import_is_passed_on_once_as_large_as_any_needs_it() -> Result<()> {
        let files = [file(3, false), file(7, true), file(5, true)];
        let passing = passed_on(files.iter().map(Vec::as_slice), "app", "outside")?;
        assert_eq!(names(&passing)?, ["outside.memory", "outside.stack"]);
        let wasmparser::TypeRef::Memory(memory) = of(&passing)?[0].2 else { panic!("not a memory") };
        assert_eq!(memory.initial, 7);
        Ok(())
    }
}
