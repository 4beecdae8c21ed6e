//! Lets compiled CSS selectors match on the tree.

use super::tag::{KNOWN, Tag};
use super::tree::{AttrKind, NIL, Tree};
use markup5ever::Namespace;
use scraper::selector::{CssLocalName, CssString, NonTSPseudoClass, PseudoElement, Simple};
use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::matching::{ElementSelectorFlags, MatchingContext};
use selectors::{Element, OpaqueElement};

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct TreeElement<'t, 'a> {
    pub(crate) tree: &'t Tree<'a>,
    pub(crate) node: u32,
}

impl std::fmt::Debug for TreeElement<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}> at node {}", self.tree.name(self.node), self.node)
    }
}

impl TreeElement<'_, '_> {
    fn at(&self, node: u32) -> Option<Self> {
        (node != NIL).then_some(Self { node, ..*self })
    }

    fn element_from(&self, mut node: u32, parent: u32) -> Option<Self> {
        while let Some(next) = self.tree.nodes.get(node as usize).filter(|n| n.parent == parent) {
            if next.tag != Tag::TEXT {
                return self.at(node);
            }
            node = next.end;
        }
        None
    }
}

impl Element for TreeElement<'_, '_> {
    type Impl = Simple;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(&self.tree.nodes[self.node as usize])
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.tree.nodes[self.node as usize].parent)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.tree.nodes[self.node as usize].prev)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        let node = &self.tree.nodes[self.node as usize];
        self.element_from(node.end, node.parent)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.element_from(self.node + 1, self.node)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, name: &CssLocalName) -> bool {
        self.tree.name(self.node) == &*name.0
    }

    fn has_namespace(&self, ns: &Namespace) -> bool {
        *ns == markup5ever::ns!(html)
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.tree.nodes[self.node as usize].tag == other.tree.nodes[other.node as usize].tag
    }

    fn attr_matches(
        &self,
        ns: &NamespaceConstraint<&Namespace>,
        name: &CssLocalName,
        operation: &AttrSelectorOperation<&CssString>,
    ) -> bool {
        !matches!(ns, NamespaceConstraint::Specific(url) if !url.is_empty())
            && self.tree.attr(self.node, &name.0).is_some_and(|value| operation.eval_str(&value))
    }

    fn match_non_ts_pseudo_class(&self, pc: &NonTSPseudoClass, _: &mut MatchingContext<'_, Simple>) -> bool {
        match *pc {}
    }

    fn match_pseudo_element(&self, pe: &PseudoElement, _: &mut MatchingContext<'_, Simple>) -> bool {
        match *pe {}
    }

    fn apply_selector_flags(&self, _: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.tree.nodes[self.node as usize].tag == Tag::LINK
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &CssLocalName, case: CaseSensitivity) -> bool {
        self.tree.attr_of(self.node, AttrKind::Id).is_some_and(|value| case.eq(id.0.as_bytes(), value.as_bytes()))
    }

    fn has_class(&self, name: &CssLocalName, case: CaseSensitivity) -> bool {
        self.tree
            .attr_of(self.node, AttrKind::Class)
            .is_some_and(|value| value.split_ascii_whitespace().any(|c| case.eq(name.0.as_bytes(), c.as_bytes())))
    }

    fn has_custom_state(&self, _: &CssLocalName) -> bool {
        false
    }

    fn imported_part(&self, _: &CssLocalName) -> Option<CssLocalName> {
        None
    }

    fn is_part(&self, _: &CssLocalName) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.tree.nodes[self.node as usize].end == self.node + 1
    }

    fn is_root(&self) -> bool {
        self.node == 0
    }

    fn add_element_unique_hashes(&self, _: &mut BloomFilter) -> bool {
        false
    }
}

/// Returns the number of a tag name that selectors may be bucketed by, for the names every page may have.
pub(crate) fn known_tag(name: &str) -> Option<Tag> {
    super::tag::known(name.as_bytes()).filter(|tag| (tag.0 as usize) < KNOWN.len())
}
