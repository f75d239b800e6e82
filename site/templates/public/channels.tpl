<ul class="channels">
{{#CHANNELS}}<li><strong>{{name}}</strong>
{{#PHONE}}<a href="tel:{{tel}}" dir="ltr">{{number}}</a>{{/PHONE}}
{{#ABROAD}}<span>[[From another country:]] <a href="tel:{{tel}}" dir="ltr">{{number}}</a></span>{{/ABROAD}}
{{#WEB}}<a href="{{url}}" rel="noreferrer" dir="ltr">{{address}}</a>{{/WEB}}
{{#EMAIL}}<a href="mailto:{{address}}" dir="ltr">{{address}}</a>{{/EMAIL}}
{{#DESCRIPTION}}<span>{{text}}</span>{{/DESCRIPTION}}
{{#ANONYMOUS}}<span>[[You do not have to give your name.]]</span>{{/ANONYMOUS}}
<small>{{#VERIFIED}}[[Checked on {verified_on}]]{{/VERIFIED}}{{#UNVERIFIED}}[[Not checked yet]]{{/UNVERIFIED}}</small></li>
{{/CHANNELS}}
</ul>
